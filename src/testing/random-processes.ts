// Events of random specs, and what is built of them: aggregates, channels, read models, sagas and requests.
import type { JsonObject, JsonValue } from '../core/json.ts';
import { compact, randomChoice, type SpecDraft } from './random-draft.ts';
import type { RandomSource } from './random-source.ts';
import { states as possibleStates } from './random-payload.ts';

export interface Processes {
  readonly eventStore: JsonValue | undefined;
  readonly sections: Readonly<Record<string, JsonObject | undefined>>;
  /** Events that are published to any number of services. */
  readonly events: readonly string[];
  readonly commands: readonly string[];
}

interface Named {
  readonly name: string;
  readonly value: JsonObject;
}

const object = (items: readonly Named[]): JsonObject | undefined =>
  items.length === 0
    ? undefined
    : Object.fromEntries(items.map(({ name, value }) => [name, value]));

const headerSchema = {
  type: 'object',
  properties: { 'x-tenant': { type: 'string' }, 'x-try': { type: 'integer' } },
  required: ['x-tenant'],
};

/** Makes the events of a spec and what is built of them. */
export function randomProcesses(draft: SpecDraft): Processes {
  const { random, names, text } = draft;
  const times = (max: number): readonly number[] =>
    Array.from({ length: random.int(0, max) }, (_, index) => index);
  const aggregates = times(2).map(() => randomAggregate(draft));
  const plain = [0, ...times(4)].map(() => ({
    name: names.fresh(),
    value: randomEvent(draft, 'event'),
  }));
  const commands = times(3).map(() => ({
    name: names.fresh(),
    value: randomEvent(draft, 'command'),
  }));
  const events = [...aggregates.flatMap(({ events: own }) => own), ...plain];
  const eventNames = events.map(({ name }) => name);
  const commandNames = commands.map(({ name }) => name);
  const store = random.pick(['postgresql', 'kurrentdb', 'broker']);
  const projections = times(2).map(() => randomProjection(draft, eventNames));
  const sagas = times(2).map(() => randomSaga(draft, eventNames, commandNames));
  return {
    eventStore: random.maybe(0.5, () =>
      random.chance(0.5)
        ? store
        : compact({ kind: store, because: random.maybe(0.5, text) }),
    ),
    sections: {
      events: object([...events, ...commands]),
      channels: object(
        randomChannels(
          draft,
          plain.map(({ name }) => name),
          aggregates.map(({ name }) => name),
        ),
      ),
      aggregates: object(aggregates),
      projections: object(projections),
      queries: object(
        projections.flatMap((projection) => randomQueries(draft, projection)),
      ),
      sagas: object(sagas),
      requests: object(times(2).map(() => randomRequest(draft))),
    },
    events: eventNames,
    commands: commandNames,
  };
}

function randomEvent(
  draft: SpecDraft,
  kind: 'event' | 'command',
  aggregate?: string,
): JsonObject {
  const { random, payloads, text, names } = draft;
  const fields = payloads.fields();
  const isSchema = payloads.hasSchemas && random.chance(0.4);
  const schema = payloads.schema();
  const version = random.maybe(0.4, () => random.int(2, 4));
  const isCommand = kind === 'command';
  const type = aggregate === undefined ? 'integration' : 'domain';
  const key = random.maybe(
    aggregate === undefined ? 0.7 : 1,
    () => payloads.key,
  );
  return compact({
    type: isCommand ? 'command' : random.maybe(0.5, () => type),
    description: random.maybe(0.5, text),
    aggregate,
    key,
    once: key === undefined ? undefined : random.maybe(0.2, () => 'per-key'),
    version,
    tags: random.maybe(0.3, () => [...new Set([text(), text()])]),
    volume: random.maybe(0.4, () =>
      compact({
        rate: random.pick(['500/s', '600/min', '0.5/h', '1M/day']),
        peak: random.maybe(0.5, () => '2k/s'),
        size: random.maybe(0.5, () => random.pick(['512B', '1KiB', '2MB'])),
        because: random.maybe(0.3, text),
      }),
    ),
    ...(isSchema ? { schema } : { payload: fields }),
    versions:
      version === undefined
        ? undefined
        : {
            1: compact({
              ...(isSchema ? { schema } : { payload: fields }),
              deprecated: random.maybe(0.5, () => '2026-06-01'),
            }),
          },
    headers: random.maybe(0.3, () =>
      payloads.hasSchemas && random.chance(0.4)
        ? { schema: headerSchema }
        : payloads.fields(),
    ),
    example: random.maybe(isSchema ? 0 : 0.5, () => payloads.exampleOf(fields)),
    examples: random.maybe(isSchema ? 0 : 0.2, () => [
      payloads.exampleOf(fields),
    ]),
    public: random.maybe(0.3, () => random.chance(0.5)),
    queue: isCommand ? random.maybe(0.4, names.fresh) : undefined,
    ordering: random.maybe(0.2, () => randomChoice(draft, 'none')),
    delivery: random.maybe(0.1, () => randomChoice(draft, 'at-least-once')),
    retention: random.maybe(0.3, () => randomChoice(draft, '14d')),
    compatibility: random.maybe(0.3, () => randomChoice(draft, 'none')),
    because: random.maybe(0.3, text),
  });
}

function randomAggregate(
  draft: SpecDraft,
): Named & { readonly events: readonly Named[] } {
  const { random, names, payloads, text } = draft;
  const name = names.fresh();
  const events = Array.from({ length: random.int(1, 3) }, () => ({
    name: names.fresh(),
    value: randomEvent(draft, 'event', name),
  }));
  const states = random.some(possibleStates, 2, 4);
  const [initial = 'open', ...later] = states;
  const hasStates = random.chance(0.7);
  // Each later state is reached from the one before it.
  const steps = hasStates
    ? [
        { from: undefined, to: initial },
        ...later.map((to, index) => ({ from: states[index], to })),
      ]
    : [{ from: undefined, to: undefined }];
  const commands = steps.map(({ from, to }) => {
    const emitted = random.some(
      events.map((event) => event.name),
      1,
      2,
    );
    const first = emitted[0] ?? '';
    return {
      name: names.freshCamel(),
      value: compact({
        description: random.maybe(0.4, text),
        from: from === undefined || random.chance(0.5) ? from : [from],
        to,
        emits:
          emitted.length === 1 && random.chance(0.5) ? first : [...emitted],
        input: random.maybe(0.3, payloads.fields),
      }),
    };
  });
  const isSourced = random.chance(0.5);
  const value = compact({
    description: random.maybe(0.4, text),
    service: random.pick(names.services),
    storage: isSourced ? 'event-sourced' : random.maybe(0.5, () => 'state'),
    snapshotEvery: isSourced ? random.maybe(0.5, () => 100) : undefined,
    states: hasStates ? [...states] : undefined,
    commands: object(commands),
    because: random.maybe(0.3, text),
  });
  return { name, value, events };
}

function randomChannels(
  draft: SpecDraft,
  plain: readonly string[],
  aggregates: readonly string[],
): readonly Named[] {
  const { random, names, text } = draft;
  const settings = (events: readonly string[] | undefined): JsonObject =>
    compact({
      description: random.maybe(0.4, text),
      events: events === undefined ? undefined : [...events],
      partitions: random.maybe(0.5, () => random.int(1, 24)),
      retention: random.maybe(0.4, () => randomChoice(draft, '30d')),
      compaction: random.maybe(0.2, () => false),
      because: random.maybe(0.3, text),
    });
  const grouped = random.some(plain, 1, 3);
  return [
    ...random
      .some(aggregates, 0, 2)
      .map((name) => ({ name, value: settings(undefined) })),
    ...(random.chance(0.5)
      ? [{ name: names.fresh(), value: settings(grouped) }]
      : []),
  ];
}

function randomProjection(draft: SpecDraft, events: readonly string[]): Named {
  const { random, names, payloads, text } = draft;
  const from = random.some(events, 1, 3);
  return {
    name: names.freshCamel(),
    value: compact({
      description: random.maybe(0.4, text),
      service: random.pick(names.services),
      from:
        from.length === 1 && random.chance(0.5)
          ? (from[0] ?? '')
          : random.chance(0.2)
            ? '#'
            : [...from],
      key: payloads.key,
      fields: payloads.fields(),
      staleness: random.maybe(0.4, () => '2s'),
      because: random.maybe(0.3, text),
    }),
  };
}

function randomQueries(
  { random, names, payloads, text }: SpecDraft,
  projection: Named,
): readonly Named[] {
  return Array.from({ length: random.int(0, 2) }, () => ({
    name: names.freshCamel(),
    value: compact({
      description: random.maybe(0.4, text),
      projection: projection.name,
      by: random.maybe(0.6, () => queriedBy(random, projection)),
      sort: random.maybe(0.5, () =>
        random.pick([payloads.key, `-${payloads.key}`]),
      ),
    }),
  }));
}

/** One or two fields of a read model. */
function queriedBy(random: RandomSource, projection: Named): JsonValue {
  const fields = Object.keys(projection.value['fields'] as JsonObject);
  const asked = random.some(fields, 1, 2).map((name) => name.replace('?', ''));
  return asked.length === 1 && random.chance(0.5) ? (asked[0] ?? '') : asked;
}

function randomSaga(
  draft: SpecDraft,
  events: readonly string[],
  commands: readonly string[],
): Named {
  const { random, names, payloads, text } = draft;
  const isLed = commands.length > 0 && random.chance(0.6);
  const event = (): string => random.pick(events);
  const steps = Array.from({ length: random.int(1, 3) }, (_, index) => {
    const compensate = random.maybe(0.4, () =>
      isLed ? random.pick(commands) : event(),
    );
    return compact({
      name: names.freshCamel(),
      description: random.maybe(0.3, text),
      command: isLed ? random.pick(commands) : undefined,
      on: isLed || (index === 0 && random.chance(0.5)) ? undefined : event(),
      success: event(),
      failure: random.maybe(0.6, event),
      compensate,
      undo:
        compensate === undefined
          ? random.maybe(0.4, () => randomChoice(draft, 'none'))
          : undefined,
      timeout: random.maybe(0.4, () => '5m'),
    });
  });
  return {
    name: names.fresh(),
    value: compact({
      description: random.maybe(0.4, text),
      style: isLed ? random.maybe(0.5, () => 'orchestration') : 'choreography',
      coordinator: isLed ? random.pick(names.services) : undefined,
      starts: event(),
      correlation: payloads.key,
      timeout: random.maybe(0.4, () => '1h'),
      steps,
      completes: random.maybe(0.5, event),
      aborts: random.maybe(0.5, event),
      because: random.maybe(0.3, text),
    }),
  };
}

function randomRequest({ random, names, payloads, text }: SpecDraft): Named {
  return {
    name: names.fresh(),
    value: compact({
      description: random.maybe(0.4, text),
      requester: random.pick(names.services),
      responder: random.pick(names.services),
      timeout: random.maybe(0.5, () => '250ms'),
      request: payloads.fields(),
      reply: payloads.fields(),
      because: random.maybe(0.3, text),
    }),
  };
}
