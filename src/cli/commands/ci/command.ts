// `event-arch ci`: the whole review of a pull request in one run, with every output that its service reads.
import type { Command } from 'commander';
import { withReviewOptions } from '../../review/review-options.ts';
import { formatList } from '../../reporters/index.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import { collect } from '../../collect.ts';
import { withDiffOptions } from '../diff/command.ts';
import type { CiOptions } from './options.ts';

const details = `
In GitHub Actions it prints annotations, appends the summary to the step's page, and compares a pull request with its base
branch; in GitLab a merge request with its base. Flags override each of these.

Examples:
  event-arch ci specs/*.yaml --format code-scanning=event-arch.sarif --format junit=event-arch.xml
  event-arch ci --format gitlab=gl-code-quality-report.json --format junit=event-arch.xml
  event-arch ci shop.yaml --against origin/main --summary summary.md`;

/** Adds the command to the program; `done` gets its exit code. */
export function addCiCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  withReviewOptions(withDiffOptions(program.command('ci')))
    .description('review specs and what changed in them, in one run for CI')
    .argument('[spec...]', 'files; event-arch.yaml here when none is named')
    .option(
      '--against <other>',
      'compare with a git revision, a file or a folder; default: the base of the pull or merge request',
    )
    .option('--no-against', 'compare with nothing')
    .option(
      '-f, --format <name[=file]>',
      `${formatList()}; may be repeated; default: what the service shows`,
      collect,
      [],
    )
    .option(
      '--fail-on <severity>',
      'lowest severity that makes the exit code 1: error (breaking; the default), warning (risky), info or never',
    )
    .addHelpText('after', details)
    .action(async (specs: readonly string[], options: CiOptions) => {
      const { ci } = await import('./run.ts');
      done(await ci(specs, options, terminal));
    });
}
