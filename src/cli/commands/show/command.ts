// `event-arch show`: the resolved spec, defaults included, with the source of each value.
import type { Command } from 'commander';
import { brokerHelp } from '../../broker-option.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import type { ShowOptions } from './options.ts';

const details = `
In YAML a remark behind a value says where it came from: "spec:" another place of the spec, "default:" or "derived:"
with the reason; the output is itself a valid spec of the same design. In JSON each value is an object of value, from,
origin (a JSON Pointer into the spec) and because.

Examples:
  event-arch show spec.yaml
  event-arch show spec.yaml --format json | jq .guarantees.delivery`;

/** Adds the command to the program; `done` gets its exit code. */
export function addShowCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  program
    .command('show')
    .description(
      'print the resolved spec, defaults included, and where each value came from',
    )
    .argument(
      '[spec]',
      'file, or - for standard input; event-arch.yaml here when none is named',
    )
    .option('-f, --format <name>', 'yaml or json', 'yaml')
    .option('--broker <name>', brokerHelp('resolve'))
    .addHelpText('after', details)
    .action(async (spec: string | undefined, options: ShowOptions) => {
      const { show } = await import('./run.ts');
      done(await show(spec, options, terminal));
    });
}
