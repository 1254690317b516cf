// Answers as people might give them to init: every combination that makes sense, with hostile free text.
import * as fc from 'fast-check';
import type { Answers, EventAnswer } from '../cli/commands/init/answers.ts';
import { servicesOf } from '../cli/commands/init/answers.ts';
import { hostileText } from './hostile-text.ts';

const types = [
  'uuid',
  'string',
  'integer',
  'date-time',
  'list<string>',
  'map<number>',
  'red | green',
  'yes | no',
  'any',
];
const words = ['order', 'payment', 'stock', 'invoice', 'parcel'];
const past = ['created', 'paid', 'shipped', 'refused'];
const services = ['sales', 'billing', 'shipping', 'audit-trail'];

const said = (): fc.Arbitrary<string> =>
  hostileText().map((text) => (text.trim() === '' ? 'x' : text.slice(0, 150)));

function event(name: string): fc.Arbitrary<EventAnswer> {
  return fc.record({
    name: fc.constant(name),
    kind: fc.constantFrom('domain' as const, 'integration' as const),
    fields: fc
      .dictionary(
        fc.constantFrom('total', 'note?', 'at', 'yes', 'constructor', 'items?'),
        fc.constantFrom(...types),
      )
      .map((fields) => ({ id: 'uuid', ...fields })),
    key: fc.constantFrom('id', 'id', null),
    publisher: fc.constantFrom(...services),
    consumers: fc.uniqueArray(fc.constantFrom(...services), { maxLength: 3 }),
  });
}

function command(name: string): fc.Arbitrary<EventAnswer> {
  return fc.constantFrom(...services).map((consumer) => ({
    name,
    kind: 'command' as const,
    fields: { id: 'uuid' },
    key: 'id',
    publisher: 'sales',
    consumers: [consumer],
  }));
}

/** Makes answers that init has to turn into a valid spec. */
export function randomAnswers(): fc.Arbitrary<Answers> {
  const names = words.flatMap((word) => past.map((verb) => `${word}.${verb}`));
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 3, maxLength: 8 }),
      fc.boolean(),
    )
    .chain(([chosen, hasCommands]) =>
      fc.tuple(
        fc.tuple(...chosen.map(event)),
        fc.tuple(
          ...(hasCommands ? ['command.reserve', 'command.release'] : []).map(
            command,
          ),
        ),
        fc.record({
          name: said(),
          description: fc.option(said()),
          locale: fc.constantFrom('en' as const, 'fr' as const),
          needs: fc.array(said(), { maxLength: 3 }),
          volume: fc.constantFrom(null, '500/s', '1M/day'),
          delivery: fc.constantFrom(
            'at-least-once' as const,
            'at-most-once' as const,
          ),
          ordering: fc.constantFrom('per-key' as const, 'none' as const),
          retention: fc.constantFrom('7d', '12h', 'forever'),
          compatibility: fc.constantFrom(
            'backward' as const,
            'full-transitive' as const,
            'none' as const,
          ),
          broker: fc.constantFrom('kafka', 'rabbitmq'),
          outbox: fc.boolean(),
          idempotency: fc.constantFrom('inbox' as const, 'natural' as const),
          wants: fc.record({
            aggregate: fc.boolean(),
            projection: fc.boolean(),
            saga: fc.boolean(),
          }),
        }),
      ),
    )
    .map(([facts, commands, { wants, ...rest }]) =>
      withPatterns([...facts, ...commands], wants, rest),
    );
}

function withPatterns(
  events: readonly EventAnswer[],
  wants: {
    readonly aggregate: boolean;
    readonly projection: boolean;
    readonly saga: boolean;
  },
  rest: Omit<Answers, 'events' | 'aggregates' | 'projections' | 'sagas'>,
): Answers {
  const facts = events.filter(({ kind }) => kind !== 'command');
  const keyed = facts.filter(({ key }) => key !== null).map(({ name }) => name);
  const [first, second, third, fourth] = keyed;
  const service = facts[0]?.publisher ?? 'sales';
  const own = facts
    .filter(({ publisher }) => publisher === service)
    .map(({ name }) => name);
  const hasSaga =
    wants.saga &&
    third !== undefined &&
    fourth !== undefined &&
    events.length > facts.length;
  return {
    ...rest,
    events,
    aggregates: wants.aggregate
      ? [{ name: 'history', service, events: own }]
      : [],
    projections:
      wants.projection && first !== undefined
        ? [
            {
              name: 'rows',
              service: servicesOf(events)[0] ?? service,
              from: keyed,
              key: 'id',
            },
          ]
        : [],
    sagas: hasSaga
      ? [
          {
            name: 'fulfilment',
            coordinator: 'sales',
            starts: first ?? '',
            completes: null,
            aborts: fourth ?? null,
            steps: [
              {
                name: 'reserve',
                command: 'command.reserve',
                success: second ?? '',
                failure: third,
                compensate: 'command.release',
              },
            ],
          },
        ]
      : [],
  };
}
