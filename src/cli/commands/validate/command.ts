// `event-arch validate`: every problem of one or more specs, in one run.
import type { Command } from 'commander';
import { brokerHelp } from '../../broker-option.ts';
import { collect } from '../../collect.ts';
import { withReviewOptions } from '../../review/review-options.ts';
import { formatList } from '../../reporters/index.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import type { ValidateOptions } from './options.ts';
import { validateSpecs } from './run.ts';

const examples = `
Examples:
  event-arch validate spec.yaml
  event-arch validate specs/*.yaml --format github --fail-on warning
  event-arch validate spec.yaml --fix --dry-run          what could be corrected without judgement, as a diff
  event-arch validate spec.yaml --baseline known.txt --update-baseline
  cat spec.yaml | event-arch validate -

"event-arch explain CODE" tells more about a finding, "event-arch rules" lists what is looked for.`;

/** Adds the command to the program; `done` gets its exit code. */
export function addValidateCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const command = program
    .command('validate')
    .description('check specs: every problem with its place, cause and remedy')
    .argument(
      '[spec...]',
      'files, or - for standard input; event-arch.yaml here when none is named',
    )
    .option(
      '-f, --format <name[=file]>',
      `${formatList()}; may be repeated, e.g. --format text --format sarif=report.sarif`,
      collect,
      [],
    )
    .option(
      '--fail-on <severity>',
      'lowest severity that makes the exit code 1: error (the default), warning, info or never',
    )
    .option('--broker <name>', brokerHelp('check'));
  withReviewOptions(command)
    .option('--update-baseline', 'hold back from now on what is found now')
    .option('--fix', 'correct in the files what needs no judgement')
    .option(
      '--dry-run',
      'with --fix: write nothing, print the changes as a diff',
    )
    .addHelpText('after', examples)
    .action(async (specs: readonly string[], options: ValidateOptions) => {
      done(await validateSpecs(specs, options, terminal));
    });
}
