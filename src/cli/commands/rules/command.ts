// `event-arch rules`: the design rules, and the level that each has under the configuration here.
import type { Command } from 'commander';
import { areas } from '../../../rules/rule.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import { collect } from '../../collect.ts';
import type { RulesOptions } from './options.ts';

const details = `
Areas: ${areas.join(', ')}.
The level is the one in effect: of the profile, and of the configuration that is found from this folder upwards.

Examples:
  event-arch rules --area ordering,errors
  event-arch rules --profile strict --format json
  event-arch explain rule/unkeyed-order        what one of them is about, with an example`;

/** Adds the command to the program; `done` gets its exit code. */
export function addRulesCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  program
    .command('rules')
    .description('list the design rules with the level that each has here')
    .option(
      '--area <names>',
      'areas to list, divided by commas; may be repeated',
      collect,
      [],
    )
    .option(
      '--config <file>',
      'configuration; event-arch.config.yaml is looked for from this folder upwards',
    )
    .option('--no-config', 'use no configuration')
    .option('--profile <name>', 'minimal, recommended (the default) or strict')
    .option('-f, --format <name>', 'text or json', 'text')
    .addHelpText('after', details)
    .action(async (options: RulesOptions) => {
      const { listRules } = await import('./run.ts');
      done(await listRules(options, terminal));
    });
}
