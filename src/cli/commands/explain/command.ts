// `event-arch explain`: what a code means, with an example and the way out, without a network.
import type { Command } from 'commander';
import type { ReviewOptions } from '../../review/review-options.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';

/** Adds the command to the program; `done` gets its exit code. */
export function addExplainCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  program
    .command('explain')
    .description('explain a code: what, why, an example, the remedy')
    .argument('<code>', 'such as rule/unkeyed-order, or unkeyed-order')
    .option('--config <file>', 'configuration, for the rules of its plugins')
    .option('--no-config', 'use no configuration')
    .addHelpText(
      'after',
      '\nExamples:\n  event-arch explain rule/dual-write\n  event-arch explain schema/unit-needed',
    )
    .action(async (code: string, options: ReviewOptions) => {
      const { explainCode } = await import('./run.ts');
      done(await explainCode(code, options, terminal));
    });
}
