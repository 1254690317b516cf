// Models of any shape whose every name and text is hostile: stronger than any spec that validates, for the escaping of
// what is drawn or printed from them.
import * as fc from 'fast-check';
import type {
  Aggregate,
  Event,
  Model,
  Projection,
  Saga,
} from '../model/model.ts';
import type { Field } from '../model/payload.ts';
import { hostileText } from './hostile-text.ts';
import { channelOf, eventOf, subscriptionOf, written } from './shop-model.ts';
import { shopModel } from './shop-model.ts';

interface Texts {
  readonly names: readonly string[];
  readonly at: (place: number) => string;
}

/** Makes models of up to twelve events with services, sagas of both styles, aggregates, read models and requests. */
export function randomModel(): fc.Arbitrary<Model> {
  return fc
    .record({
      names: fc.array(hostileText(), { minLength: 4, maxLength: 24 }),
      count: fc.integer({ min: 1, max: 12 }),
      hasOutbox: fc.boolean(),
      hasDeadLetter: fc.boolean(),
      attempts: fc.integer({ min: 1, max: 4 }),
      locale: fc.constantFrom('en' as const, 'fr' as const),
    })
    .map((shape) => {
      const at = (place: number): string =>
        shape.names[place % shape.names.length] ?? '';
      return hostileModel({ names: shape.names, at }, shape);
    });
}

interface Knobs {
  readonly count: number;
  readonly hasOutbox: boolean;
  readonly hasDeadLetter: boolean;
  readonly attempts: number;
  readonly locale: 'en' | 'fr';
}

function hostileModel(texts: Texts, knobs: Knobs): Model {
  const { at } = texts;
  const base = shopModel();
  const events = Array.from({ length: knobs.count }, (_, place) =>
    hostileEvent(texts, place),
  );
  const names = events.map((event) => event.name);
  const serviceAt = (place: number): string => at(place + 1);
  const subscriptions = names.map((name, place) => ({
    ...subscriptionOf(serviceAt(place + 1), name, {
      hasDeadLetter: written(knobs.hasDeadLetter),
      handler: written(at(place + 3)),
      retry: written({
        attempts: knobs.attempts,
        backoff: place % 2 === 0 ? 'fixed' : 'exponential',
        firstMs: 1000,
        maxMs: 60_000,
        mode: place % 3 === 0 ? 'blocking' : 'non-blocking',
      } as const),
    }),
    id: `${place}/${name}`,
    events: [name],
    group: at(place),
  }));
  const services = [
    ...new Set(names.flatMap((_, place) => [serviceAt(place), at(place)])),
  ];
  return {
    ...base,
    name: at(0),
    description: at(1),
    locale: knobs.locale,
    services: services.map((name, place) => ({
      name,
      description: at(place),
      owner: at(place + 2),
      context: place % 3 === 0 ? null : at(place % 2),
      database: at(place + 1),
      isExternal: place % 4 === 3,
      isDeclared: true,
      origin: '',
    })),
    types: [
      { name: at(2), description: null, shape: shapeOf(texts), origin: '' },
    ],
    events,
    channels: [...new Set(events.map((event) => event.channel))].map(
      (name) => ({
        ...channelOf(name, []),
        name,
        events: events
          .filter((event) => event.channel === name)
          .map((event) => event.name),
      }),
    ),
    publications: names.map((event, place) => ({
      service: serviceAt(place),
      event,
      hasOutbox: written(knobs.hasOutbox),
      changesState: written(true),
      roles: [],
      origin: '',
    })),
    subscriptions,
    groups: subscriptions.map((subscription) => ({
      name: subscription.group,
      service: subscription.service,
      channels: [subscription.events[0] ?? ''],
      subscriptions: [subscription.id],
      events: subscription.events,
      ordering: subscription.ordering,
      delivery: subscription.delivery,
      instances: subscription.instances,
      concurrency: subscription.concurrency,
      isCommandQueue: false,
      origin: '',
    })),
    flows: subscriptions.map((subscription) => ({
      event: subscription.events[0] ?? '',
      publisher: null,
      channel: '',
      subscription: subscription.id,
      declared: { delivery: 'exactly-once', ordering: 'total' },
      effective: { mayBeLost: false, mayBeDoubled: true, ordering: 'total' },
      weakenings: [],
      assumptions: [],
      origin: '',
    })),
    requests: [
      {
        name: at(0),
        description: null,
        requester: serviceAt(0),
        responder: serviceAt(1),
        timeoutMs: written(5000),
        request: shapeOf(texts),
        reply: shapeOf(texts),
        origin: '',
      },
    ],
    aggregates: [aggregateOf(texts, names)],
    projections: [projectionOf(texts, names)],
    queries: [
      {
        name: at(3),
        description: null,
        projection: at(1),
        by: [at(2)],
        sort: { field: at(3), isDescending: true },
        origin: '',
      },
    ],
    sagas: [
      sagaOf(texts, names, 'orchestration'),
      sagaOf(texts, names, 'choreography'),
    ],
  };
}

function hostileEvent(texts: Texts, place: number): Event {
  const { at } = texts;
  // Names are unique in a model; the number keeps them so.
  const name = `${at(place)}${place}`;
  return eventOf(name, {
    kind: place % 4 === 3 ? 'command' : 'domain',
    isPublic: place % 5 === 0,
    channel: place % 3 === 0 ? at(place) : name,
    key: [[at(place + 1)]],
    isOncePerKey: written(place % 3 === 0),
    payload: shapeOf(texts),
    origin: '',
  });
}

const shapeOf = ({ at, names }: Texts): Event['payload'] => ({
  fields: names.slice(0, 5).map((name, place): Field => ({
    name,
    type:
      place % 2 === 0
        ? { kind: 'enum', values: [at(0), at(1)] }
        : { kind: 'list', of: { kind: 'named', name: at(2) } },
    isRequired: place % 2 === 0,
    isPii: false,
    description: null,
    origin: '',
  })),
  schema: null,
  origin: '',
});

function aggregateOf({ at }: Texts, events: readonly string[]): Aggregate {
  const states = [...new Set([at(0), at(1), at(2)])];
  const first = states[0] ?? '';
  return {
    name: at(3),
    description: null,
    service: at(1),
    storage: written('event-sourced'),
    snapshotEvery: written(10),
    states,
    commands: [
      {
        name: at(0),
        from: [],
        to: first,
        emits: events.slice(0, 1),
        input: null,
        origin: '',
      },
      {
        name: at(1),
        from: states,
        to: states.at(-1) ?? first,
        emits: events,
        input: null,
        origin: '',
      },
      {
        name: at(2),
        from: states,
        to: null,
        emits: [],
        input: null,
        origin: '',
      },
    ],
    events,
    key: [[at(0)]],
    origin: '',
  };
}

const projectionOf = (texts: Texts, events: readonly string[]): Projection => ({
  name: texts.at(1),
  description: null,
  service: texts.at(1),
  from: events,
  key: texts.at(2),
  shape: shapeOf(texts),
  stalenessMs: written(2000),
  group: texts.at(0),
  origin: '',
});

function sagaOf(
  { at }: Texts,
  events: readonly string[],
  style: Saga['style'],
): Saga {
  const event = (place: number): string => events[place % events.length] ?? '';
  const isLed = style === 'orchestration';
  return {
    name: at(2),
    description: null,
    style,
    coordinator: isLed ? at(1) : null,
    starts: event(0),
    correlation: [[at(3)]],
    timeoutMs: written(60_000),
    steps: [0, 1, 2].map((place) => ({
      name: at(place),
      participant: place === 2 ? null : at(place),
      command: isLed ? event(place) : null,
      on: isLed ? null : event(place),
      success: event(place + 1),
      failure: place === 1 ? null : event(place + 2),
      compensate: place === 0 ? event(place + 3) : null,
      undo: place === 1 ? written('none') : null,
      timeoutMs: place === 2 ? null : written(1000),
      origin: '',
    })),
    completes: event(4),
    aborts: event(5),
    group: null,
    origin: '',
  };
}
