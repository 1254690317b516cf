// `event-arch generate`: a spec to the folder of its architecture.
import type { Command } from 'commander';
import { brokerHelp } from '../../broker-option.ts';
import { withReviewOptions } from '../../review/review-options.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import { collect } from '../../collect.ts';
import type { GenerateOptions } from './options.ts';

const examples = `
Targets: asyncapi, code, diagrams, document, event-schemas, monitoring, and kafka or rabbitmq as the broker is.

Examples:
  event-arch generate spec.yaml                          write architecture/
  event-arch generate spec.yaml --broker rabbitmq -o out the same design for another broker
  event-arch generate spec.yaml --only document,diagrams some targets alone
  event-arch generate spec.yaml --check                  fail when the folder is not what the spec yields (CI)`;

/** Adds the command to the program; `done` gets its exit code. */
export function addGenerateCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const command = program
    .command('generate')
    .description(
      'write the document, diagrams, schemas, broker files, monitoring and code of a spec',
    )
    .argument(
      '[spec]',
      'file, or - for standard input; event-arch.yaml here when none is named',
    )
    .option('-o, --output <folder>', 'folder to write', 'architecture')
    .option(
      '--check',
      'write nothing; exit with 1 and list the differences when the folder is not what the spec yields',
    )
    .option('--dry-run', 'write nothing; list what would change')
    .option('--force', 'replace files that were changed by hand')
    .option(
      '--only <targets>',
      'targets to write, divided by commas; may be repeated',
      collect,
      [],
    )
    .option('--broker <name>', brokerHelp('design'))
    .option(
      '--env <names>',
      'environments to write, divided by commas; all when not given',
      collect,
      [],
    )
    .option(
      '--templates <folder>',
      'folder of templates laid over the built-in ones, file by file',
    )
    .option('--watch', 'write again whenever the spec or a file of it changes')
    .option(
      '--render <format>',
      'draw the diagrams as svg or png too, through mermaid-cli',
    );
  withReviewOptions(command)
    .addHelpText('after', examples)
    .action(async (spec: string | undefined, options: GenerateOptions) => {
      const { generateOnce } = await import('./run.ts');
      if (options.watch !== true) {
        done((await generateOnce(spec, options, terminal)).code);
        return;
      }
      const { watchSpec } = await import('./watch-spec.ts');
      await watchSpec(spec, options, terminal);
      done(exitCodes.clean);
    });
}
