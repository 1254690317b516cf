// Who publishes and who handles the events of a random spec, and how.
import type { JsonObject, JsonValue } from '../core/json.ts';
import { compact, randomChoice, type SpecDraft } from './random-draft.ts';
import type { Processes } from './random-processes.ts';

const handlers = [
  ['handle', 'onIt', 'end', 'delete', 'constructor', 'toString', 'tables'],
  ['service', 'index', 'test', 'types', 'publish', 'sql', 'handlers'],
].flat();

/** Makes `publishers` and `consumers`: every event published, every command handled once. */
export function randomFlows(
  draft: SpecDraft,
  processes: Processes,
): Readonly<Record<string, JsonObject | undefined>> {
  return {
    publishers: randomPublishers(draft, processes),
    consumers: randomConsumers(draft, processes),
  };
}

function randomPublishers(
  { random, names, text }: SpecDraft,
  { events, commands }: Processes,
): JsonObject {
  const published = new Map<string, string[]>();
  for (const name of [...events, ...commands]) {
    for (const service of random.some(names.services, 1, 2)) {
      const known = published.get(service);
      if (known === undefined) published.set(service, [name]);
      else known.push(name);
    }
  }
  return Object.fromEntries(
    [...published].map(([service, list]): [string, JsonValue] => [
      service,
      random.chance(0.4)
        ? list
        : compact({
            publishes: list,
            outbox: random.maybe(0.7, () => random.chance(0.7)),
            // Events of an aggregate always tell a change of state.
            changesState: random.maybe(0.2, () => true),
            description: random.maybe(0.3, text),
            because: random.maybe(0.3, text),
          }),
    ]),
  );
}

function randomConsumers(
  draft: SpecDraft,
  { events, commands }: Processes,
): JsonObject | undefined {
  const { random, names } = draft;
  const handled = new Map<string, string[]>(
    random
      .some(names.services, 0, 4)
      .map((service) => [service, [...random.some(events, 0, 4)]]),
  );
  for (const command of commands) {
    const service = random.pick(names.services);
    handled.set(service, [...(handled.get(service) ?? []), command]);
  }
  if (handled.size === 0) return undefined;
  return Object.fromEntries(
    [...handled].map(([service, list]): [string, JsonValue] => [
      service,
      randomConsumer(draft, { service, list, events }),
    ]),
  );
}

interface Consumer {
  readonly service: string;
  readonly list: readonly string[];
  readonly events: readonly string[];
}

function randomConsumer(draft: SpecDraft, consumer: Consumer): JsonValue {
  const { random, text, broker, names } = draft;
  const { list, service, events } = consumer;
  const form = random.int(0, 3);
  if (form === 0) return [...list];
  const isTransactional =
    broker === 'kafka' && names.transactional.includes(service);
  const own = settings(draft);
  const subscribes: JsonValue =
    form === 1
      ? [...list]
      : Object.fromEntries([
          ...list.map((name): [string, JsonValue] => [
            name,
            subscription(draft, events.includes(name)),
          ]),
          ...(random.chance(0.4) ? [randomPattern(draft, events)] : []),
        ]);
  return compact({
    subscribes,
    description: random.maybe(0.3, text),
    ...own,
    delivery: isTransactional
      ? random.maybe(0.5, () => 'at-least-once')
      : random.maybe(0.2, () => randomChoice(draft, 'at-most-once')),
    because: random.maybe(0.3, text),
  });
}

function randomPattern(
  { random, names }: SpecDraft,
  events: readonly string[],
): [string, JsonValue] {
  const words = random.pick(events).split('.');
  const pattern =
    random.chance(0.5) && words.length > 1
      ? [...words.slice(0, -1), '*'].join('.')
      : random.pick(['#', `${words[0] ?? ''}.#`]);
  return [
    pattern,
    // Of its own group: the default one would be that of a named subscription when both cover one channel.
    { group: names.fresh(), ordering: 'none' },
  ];
}

/** Settings of one subscription; an event that may be handled twice can have several. */
function subscription(draft: SpecDraft, isEvent: boolean): JsonValue {
  const { random, names, text } = draft;
  const one = (): JsonObject =>
    compact({
      description: random.maybe(0.3, text),
      handler: random.maybe(0.5, () => random.pick(handlers)),
      ...settings(draft),
      because: random.maybe(0.3, text),
    });
  if (random.chance(0.15)) return null;
  if (!isEvent || random.chance(0.6)) return one();
  const delivery = (): JsonObject =>
    compact({
      delivery: random.maybe(0.4, () => randomChoice(draft, 'at-most-once')),
    });
  return [
    { ...one(), group: names.fresh(), ...delivery() },
    { ...one(), group: names.fresh(), ...delivery() },
  ];
}

function settings({ random, text, ...draft }: SpecDraft): JsonObject {
  const whole = { random, text, ...draft };
  return compact({
    instances: random.maybe(0.3, () => random.int(1, 8)),
    concurrency: random.maybe(0.3, () => random.int(1, 4)),
    processing: random.maybe(0.3, () => random.pick(['2ms', '0.004s'])),
    retry: random.maybe(0.4, () =>
      compact({
        attempts: random.maybe(0.7, () => random.int(1, 6)),
        backoff: random.maybe(0.5, () => random.pick(['fixed', 'exponential'])),
        first: random.maybe(0.5, () => '2s'),
        max: random.maybe(0.5, () => random.pick(['10s', '5m'])),
        mode: random.maybe(0.5, () =>
          random.pick(['blocking', 'non-blocking']),
        ),
        because: random.maybe(0.3, text),
      }),
    ),
    deadLetter: random.maybe(0.3, () => random.chance(0.7)),
    idempotency: random.maybe(0.5, () =>
      random.pick(['inbox', 'natural', 'none']),
    ),
    ordering: random.maybe(0.3, () => randomChoice(whole, 'none')),
  });
}
