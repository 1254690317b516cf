// `event-arch diff`: what a change of the design breaks, and for whom.
import type { Command } from 'commander';
import { brokerHelp } from '../../broker-option.ts';
import { formatList } from '../../reporters/index.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import { collect } from '../../collect.ts';
import type { DiffOptions } from './options.ts';

const details = `
A breaking change makes the exit code 1, unless it is covered: by a version of the event that is raised while the old one
is kept under "versions", by --allow, or by a comment that comes with the change:
  # event-arch-allow diff/event-removed@order.paid: billing publishes invoice.paid since May

Examples:
  event-arch diff --against origin/main
  event-arch diff shop.yaml --against v1.2.0 --format text --format markdown=summary.md
  event-arch diff shop.yaml --against old/shop.yaml --fail-on risky
  event-arch diff --against main --allow key-changed@order.created="the topic is empty"`;

/** Adds the command to the program; `done` gets its exit code. */
export function addDiffCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  withDiffOptions(program.command('diff'))
    .description('compare the design with another one: what breaks, and whom')
    .argument(
      '[spec]',
      'file, or - for standard input; event-arch.yaml here when none is named',
    )
    .requiredOption(
      '--against <other>',
      'a git revision (origin/main, a tag, a hash, main:other.yaml), a file or a folder',
    )
    .option(
      '-f, --format <name[=file]>',
      `${formatList()}; may be repeated`,
      collect,
      [],
    )
    .option(
      '--fail-on <impact>',
      'lowest impact that makes the exit code 1, unless covered: breaking, risky, safe or none',
      'breaking',
    )
    .addHelpText('after', details)
    .action(async (spec: string | undefined, options: DiffOptions) => {
      const { diff } = await import('./run.ts');
      done(await diff(spec, options, terminal));
    });
}

/** Adds what `diff` and `ci` share. */
export function withDiffOptions(command: Command): Command {
  return command
    .option(
      '--summary <file>',
      'append the Markdown summary to a file, such as "$GITHUB_STEP_SUMMARY"',
    )
    .option(
      '--no-merge-base',
      'compare with the revision itself, and not with where it and HEAD parted',
    )
    .option(
      '--policy <name>',
      'strict: payloads as JSON Schema says; lenient: writers add nothing, readers pass over what they do not know',
      'strict',
    )
    .option(
      '--allow <code[@name]=reason>',
      'cover a change with a reason; may be repeated',
      collect,
      [],
    )
    .option('--broker <name>', brokerHelp('design'));
}
