// `event-arch init`: a first spec from a few answers.
import type { Command } from 'commander';
import { plainList } from '../../../core/text.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import { collect } from '../../collect.ts';
import {
  brokerChoices,
  compatibilities,
  deliveries,
  idempotencies,
  locales,
  orderings,
  valuesOf,
} from './choices.ts';
import type { InitOptions } from './options.ts';

const details = `
Without a terminal, --name, --broker and one --event are needed, or --answers, or --yes. An answers file is YAML with the
flags' long names in the plural where they repeat: name, broker, events, needs, sagas and so on.

Examples:
  event-arch init                                                    ask for everything
  event-arch init --yes                                              a small spec to start from
  event-arch init --answers answers.yaml --force
  event-arch init --name Shop --broker kafka \\
    --event '{ name: order.created, key: orderId, fields: { orderId: uuid }, publisher: orders, consumers: [billing] }'`;

/** Adds the command to the program; `done` gets its exit code. */
export function addInitCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  const command = program
    .command('init')
    .description('write a first spec from a few answers')
    .argument('[file]', 'file to write', 'event-arch.yaml')
    .option(
      '--answers <file>',
      'answers from a YAML file, or - for standard input',
    )
    .option('-y, --yes', 'ask nothing: take the defaults for what is not given')
    .option('--force', 'replace files that are there')
    .option('--generate', 'generate the architecture right away')
    .option('--no-generate', 'do not offer to generate')
    .option('--no-schema', 'write no schema beside the spec for editors');
  addAnswers(command)
    .addHelpText('after', details)
    .action(async (file: string, options: InitOptions) => {
      const { init } = await import('./run.ts');
      done(await init(file, options, terminal));
    });
}

const listed = (names: readonly string[]): string => plainList(names, 'or');

/** Every answer as a flag. */
function addAnswers(command: Command): Command {
  return command
    .optionsGroup('Answers:')
    .option('--name <text>', 'name of the system')
    .option('--description <text>', 'what it is, in a sentence')
    .option(
      '--locale <language>',
      `language of the documents: ${listed(valuesOf(locales))}`,
    )
    .option(
      '--need <text>',
      'a need that it answers; may be repeated',
      collect,
      [],
    )
    .option('--volume <rate>', 'volume of the whole system, e.g. 500/s')
    .option('--delivery <choice>', listed(valuesOf(deliveries)))
    .option('--ordering <choice>', listed(valuesOf(orderings)))
    .option(
      '--retention <duration>',
      'how long messages are kept, e.g. 7d, or forever',
    )
    .option(
      '--compatibility <choice>',
      `how payloads may change: ${listed(valuesOf(compatibilities))}`,
    )
    .option('--broker <name>', listed(valuesOf(brokerChoices())))
    .option(
      '--idempotency <choice>',
      `how consumers bear duplicates: ${listed(valuesOf(idempotencies))}`,
    )
    .option('--outbox', 'commit state and event together')
    .option('--no-outbox', 'publish without an outbox')
    .option(
      '--event <yaml>',
      'an event: { name, kind, fields, key, publisher, consumers }; may be repeated',
      collect,
      [],
    )
    .option(
      '--aggregate <yaml>',
      'an event-sourced aggregate: { name, service, events }; may be repeated',
      collect,
      [],
    )
    .option(
      '--projection <yaml>',
      'a read model: { name, service, from, key }; may be repeated',
      collect,
      [],
    )
    .option(
      '--saga <yaml>',
      'a saga: { name, coordinator, starts, steps: [{ name, command, success, failure, compensate }] }; may be repeated',
      collect,
      [],
    );
}
