// One run of `plan`: compare, print, and answer whether anything differs.
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import { withLiveSession } from './live-session.ts';
import type { PlanOptions } from './options.ts';
import { driftJson, driftText } from './print.ts';

/** Compares and prints. Exit code 1 when the broker differs from the spec. Throws: `HostError`. */
export async function planLive(
  spec: string | undefined,
  options: PlanOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const code = await withLiveSession(
    { spec, options, terminal },
    async (session) => {
      const { first, format } = session;
      terminal.out(
        format === 'json'
          ? driftJson(session, first)
          : driftText(session, first),
      );
      return Promise.resolve(
        first.drifts.length === 0 ? exitCodes.clean : exitCodes.findings,
      );
    },
  );
  return code ?? exitCodes.findings;
}
