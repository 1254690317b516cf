// `event-arch format`: specs in canonical layout, with their comments.
import type { Command } from 'commander';
import type { ExitCode, Terminal } from '../../terminal.ts';
import type { FormatOptions } from './options.ts';

/** Adds the command to the program; `done` gets its exit code. */
export function addFormatCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  program
    .command('format')
    .description(
      'write specs in canonical layout: order of keys, indentation, spaces, quotes; comments stay',
    )
    .argument(
      '[spec...]',
      'files, or - for standard input; event-arch.yaml here when none is named. Included files are formatted when named',
    )
    .option(
      '--check',
      'write nothing; exit with 1 when a file is not formatted',
    )
    .option('--dry-run', 'show the changes as a unified diff, write nothing')
    .action(async (specs: readonly string[], options: FormatOptions) => {
      const { formatSpecs } = await import('./run.ts');
      done(await formatSpecs(specs, options, terminal));
    });
}
