// `event-arch add`: a new entry in the YAML, in place, with everything else left as it is.
import type { Command } from 'commander';
import { kebabCase } from '../../../core/text.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import { collect } from '../../collect.ts';
import { entryKinds, type EntryKind, type Flag } from './entry-kinds.ts';
import type { FlagValues } from './read-entry.ts';

const examples = `
Examples:
  event-arch add event order.refunded --key orderId --payload '{ orderId: uuid, amount: integer }' \\
    --publisher order-service --consumer billing
  event-arch add consumer shipping order.paid --handler ship --idempotency inbox --dead-letter
  event-arch add service billing --owner team-money --dry-run`;

/** Adds the command to the program; `done` gets its exit code. */
export function addAddCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const add = program
    .command('add')
    .description(
      'add an entry to the spec in place; comments and layout stay as they are',
    )
    .addHelpText('after', examples);
  for (const kind of entryKinds) addKind(add, kind, { terminal, done });
}

function addKind(
  add: Command,
  kind: EntryKind,
  context: {
    readonly terminal: Terminal;
    readonly done: (code: ExitCode) => void;
  },
): void {
  const command = add
    .command(kind.name)
    .description(`add to "${kind.section}"`)
    .argument('[name]', `name of the ${kind.name}`);
  if (kind.more !== null) command.argument('[event...]', kind.more);
  for (const flag of kind.flags) addFlag(command, flag);
  command
    .option('--spec <file>', 'the spec; event-arch.yaml here by default')
    .option('--file <file>', 'the included file to write a new entry to')
    .option('--dry-run', 'show the change as a unified diff, write nothing')
    .action(async (name: string | undefined, ...rest: readonly unknown[]) => {
      const { addEntry } = await import('./run.ts');
      const [more, flags] =
        kind.more === null ? [[], rest[0]] : [rest[0], rest[1]];
      context.done(
        await addEntry(
          {
            kind,
            name,
            // Commander gives the words after the name as a list, and the options as an object.
            more: more as readonly string[],
            flags: flags as FlagValues,
          },
          context.terminal,
        ),
      );
    });
}

function addFlag(
  command: Command,
  { name, type, help, isRepeated }: Flag,
): void {
  const long = `--${kebabCase(name)}`;
  if (type === 'boolean') command.option(long, help);
  else if (isRepeated === true)
    command.option(
      `${long} <${type}>`,
      help,
      (value: string, earlier: unknown) =>
        collect(value, Array.isArray(earlier) ? (earlier as string[]) : []),
    );
  else command.option(`${long} <${type}>`, help);
}
