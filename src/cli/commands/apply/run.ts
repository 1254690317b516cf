// One run of `apply`: compare, print, ask, carry out, look again.
import { carryOut, heldRefusal, refusalOf } from '../../../apply/carry-out.ts';
import { identity, type Comparison } from '../../../apply/compare.ts';
import type { Named } from '../../../apply/deployer.ts';
import {
  changesOf,
  isMendedAnew,
  releasesOf,
} from '../../../apply/diff-resources.ts';
import { HostError } from '../../../core/host.ts';
import { counted, quotedList } from '../../../core/text.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import { withLiveSession, type LiveSession } from '../plan/live-session.ts';
import { driftJson, driftText } from '../plan/print.ts';
import type { ApplyOptions } from './options.ts';
import { confirm } from './confirm.ts';

/**
 * Applies. Exit code as of `plan` afterwards: 0 when broker and spec agree, 1 when something is left that a person has to decide
 * about. Throws: `HostError` for a refusal, a missing password, or no way to ask.
 */
export async function applyLive(
  spec: string | undefined,
  options: ApplyOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const code = await withLiveSession(
    { spec, options, terminal },
    async (session) => {
      const { first, deployer, format, live } = session;
      const refusal = refusalOf(options.delete, first, deployer);
      if (refusal !== null) throw new HostError(refusal);
      if (live.unseen.length > 0)
        throw new HostError(
          `this login may not look at every ${quotedList(live.unseen, 'or')}, so it can change none: apply needs more than plan`,
        );
      const full =
        options.force === true ? null : heldRefusal(heldBy(options, session));
      if (full !== null) throw new HostError(full);
      // In a script's JSON the plan would stand before the result.
      if (format === 'text') terminal.out(driftText(session, first));
      else if (options.yes !== true) terminal.err(driftText(session, first));
      if (stepsOf(first) + options.delete.length === 0)
        return finish(session, first, { terminal, steps: [] });
      requirePasswords(session, terminal);
      if (!(await mayGoOn(options, session, terminal))) {
        terminal.err('nothing was changed\n');
        return exitCodes.findings;
      }
      return work(session, options, terminal);
    },
  );
  return code ?? exitCodes.findings;
}

async function work(
  session: LiveSession,
  options: ApplyOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { live, deployment, format } = session;
  const steps: string[] = [];
  const last = await carryOut(live, deployment, {
    removals: options.delete,
    withMessages: options.force === true,
    tell: (line) => {
      steps.push(line);
      if (format === 'text') terminal.out(`${line}\n`);
    },
  });
  return finish(session, last, { terminal, steps });
}

const stepsOf = ({ drifts }: Comparison): number =>
  changesOf(drifts).length + releasesOf(drifts).length;

// Of what is to be deleted, what holds messages.
function heldBy(
  options: ApplyOptions,
  { first, held }: LiveSession,
): readonly (readonly [Named, number])[] {
  const named = new Set(options.delete);
  return first.drifts.flatMap((drift) => {
    const { kind, resource } = drift;
    const id = identity(resource);
    const goes = (kind === 'extra' || isMendedAnew(drift)) && named.has(id);
    return goes ? [[resource, held.get(id) ?? 0] as const] : [];
  });
}

function finish(
  session: LiveSession,
  last: Comparison,
  {
    terminal,
    steps,
  }: { readonly terminal: Terminal; readonly steps: readonly string[] },
): ExitCode {
  if (session.format === 'json') terminal.out(driftJson(session, last, steps));
  else if (steps.length > 0)
    terminal.out(
      `\n${counted(steps.length, 'step')} done; ${last.asWanted} of ${session.deployment.state.resources.length} are as the spec says\n`,
    );
  return last.drifts.length === 0 ? exitCodes.clean : exitCodes.findings;
}

// Asked before anything is changed: a run that stops halfway for a password is avoidable.
function requirePasswords(
  { first, deployment }: LiveSession,
  terminal: Terminal,
): void {
  const users = new Set(
    changesOf(first.drifts)
      .filter(({ resource }) => resource.kind === 'user')
      .map(({ resource }) => resource.name),
  );
  const missing = deployment.logins.filter(
    ({ user, variable }) =>
      users.has(user) && (terminal.env[variable] ?? '') === '',
  );
  if (missing.length > 0)
    throw new HostError(
      `these variables hold the passwords of users that have to be made, and are not set: ${missing.map(({ variable }) => variable).join(', ')}`,
    );
}

async function mayGoOn(
  options: ApplyOptions,
  { live }: LiveSession,
  terminal: Terminal,
): Promise<boolean> {
  if (options.yes === true) return true;
  if (!terminal.isInTty || !terminal.isErrTty)
    throw new HostError(
      'there is no terminal to ask on: read the plan, then run it again with --yes',
    );
  return confirm(`Change ${live.title}?`);
}
