// `event-arch apply`: brings a live broker to what the spec says.
import type { Command } from 'commander';
import type { ExitCode, Terminal } from '../../terminal.ts';
import { collect } from '../../collect.ts';
import { environmentHelp, withPlaceOptions } from '../plan/command.ts';
import type { ApplyOptions } from './options.ts';

const notes = `
Nothing is deleted unless --delete names it, but bindings of RabbitMQ queues that have left the spec, which would fill and
refuse publishers; nothing that holds messages without --force, and nothing is touched that is not the spec's own.
Exits as plan does afterwards: 1 when something is left for a person to decide. A run that was interrupted is continued by the next one.

Examples:
  event-arch apply spec.yaml --url http://localhost:15672 --env dev
  event-arch apply spec.yaml --env prod --yes                       in a script
  event-arch apply spec.yaml --env prod --delete queue/orders.old`;

/** Adds the command to the program; `done` gets its exit code. */
export function addApplyCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  withPlaceOptions(program.command('apply'))
    .description(
      'create and change on a live broker what differs from the spec, after a confirmation',
    )
    .option('-y, --yes', 'do not ask; needed where there is no terminal')
    .option(
      '--delete <kind/name>',
      'delete this one, as plan names it; may be repeated',
      collect,
      [],
    )
    .option('--force', 'let --delete remove also what still holds messages')
    .addHelpText('after', `${environmentHelp}\n${notes}`)
    .action(async (spec: string | undefined, options: ApplyOptions) => {
      const { applyLive } = await import('./run.ts');
      done(await applyLive(spec, options, terminal));
    });
}
