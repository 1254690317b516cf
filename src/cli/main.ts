// The command line's entry: arguments to an exit code. Loads only what the command needs.
import { HostError } from '../core/host.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';
import { toolVersion } from './version.ts';

/** Runs one command. Never throws: our own bugs are told with what to report, exit code 3. */
export async function run(
  argv: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (argv.length === 1 && ['-v', '-V', '--version'].includes(argv[0] ?? '')) {
    terminal.out(`${toolVersion}\n`);
    return exitCodes.clean;
  }
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv, terminal);
  } catch (error) {
    return tell(error, terminal);
  }
}

function tell(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof HostError) {
    terminal.err(`event-arch: ${error.message}\n`);
    return exitCodes.usage;
  }
  const detail =
    error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.err(
    `event-arch: internal error. This is a bug in event-arch, not in your spec.\n` +
      `Please report it with the command, the spec and these lines:\n` +
      `  event-arch ${toolVersion}, Node ${process.version}, ${process.platform}\n` +
      `${detail.replaceAll(/^/gm, '  ')}\n`,
  );
  return exitCodes.bug;
}
