// A resolved model from a few words, for tests of what reads models: every value not given has a plain default.
import type {
  Channel,
  ConsumerGroup,
  Environment,
  Event,
  Model,
  Publication,
  RequestReply,
  Service,
  Subscription,
} from '../model/model.ts';
import type { JsonObject } from '../core/json.ts';
import type { Shape } from '../model/payload.ts';
import type { Retry, Sourced } from '../model/settings.ts';
import { pointer } from '../core/pointer.ts';

/** Wraps a value as one that the spec gives at a place. */
export function given<T>(value: T, origin = ''): Sourced<T> {
  return { value, from: 'spec', origin, because: null };
}

/** Wraps a value as the tool's default. */
export function byDefault<T>(value: T, origin = ''): Sourced<T> {
  return { value, from: 'default', origin, because: null };
}

export const sevenDays = 604_800_000;

const emptyShape: Shape = { fields: [], schema: null, origin: '' };

export const fewRetries: Retry = {
  attempts: 3,
  backoff: 'fixed',
  firstMs: 200,
  maxMs: 60_000,
  mode: 'blocking',
};

/** Makes an event that travels on a channel; a key and no volume unless given. */
export function smallEvent(
  name: string,
  channel: string,
  rest: Partial<Event> = {},
): Event {
  const origin = pointer('events', name);
  return {
    name,
    kind: 'integration',
    description: null,
    aggregate: null,
    key: [['orderId']],
    isOncePerKey: byDefault(false, origin),
    version: 1,
    tags: [],
    isPublic: false,
    volume: null,
    payload: emptyShape,
    versions: [],
    headers: null,
    examples: [],
    channel,
    delivery: byDefault('at-least-once', origin),
    ordering: byDefault('per-key', origin),
    retention: byDefault(sevenDays, origin),
    compatibility: byDefault('backward', origin),
    origin,
    ...rest,
  };
}

/** Makes a channel of the given events. */
export function smallChannel(
  name: string,
  events: readonly string[],
  rest: Partial<Channel> = {},
): Channel {
  const origin = pointer('channels', name);
  return {
    name,
    kind: 'declared',
    description: null,
    events,
    partitions: null,
    retention: byDefault(sevenDays, origin),
    isCompacted: byDefault(false, origin),
    ordering: byDefault('per-key', origin),
    delivery: byDefault('at-least-once', origin),
    origin,
    ...rest,
  };
}

/** Makes one subscription of a group. */
export function smallSubscription(
  group: string,
  service: string,
  rest: Partial<Subscription> & { readonly events: readonly string[] },
): Subscription {
  const pattern = rest.pattern ?? rest.events[0] ?? '';
  const origin = pointer('consumers', service, 'subscribes', pattern);
  return {
    id: `${group}/${pattern}`,
    service,
    pattern,
    group,
    handler: byDefault('handle', origin),
    instances: byDefault(1, origin),
    concurrency: byDefault(1, origin),
    processingMs: byDefault(10, origin),
    retry: given(fewRetries, `${origin}/retry`),
    hasDeadLetter: byDefault(true, origin),
    idempotency: byDefault('natural', origin),
    delivery: byDefault('at-least-once', origin),
    ordering: byDefault('per-key', origin),
    role: { kind: 'written', name: null },
    origin,
    ...rest,
  };
}

/** Makes the group of some subscriptions, with the strongest of their settings left to the caller. */
export function smallGroup(
  subscriptions: readonly Subscription[],
  channels: readonly string[],
  rest: Partial<ConsumerGroup> = {},
): ConsumerGroup {
  const [first] = subscriptions;
  if (first === undefined) throw new Error('a group has a subscription');
  return {
    name: first.group,
    service: first.service,
    channels,
    subscriptions: subscriptions.map(({ id }) => id),
    events: subscriptions.flatMap(({ events }) => events),
    ordering: first.ordering,
    delivery: first.delivery,
    instances: first.instances,
    concurrency: first.concurrency,
    isCommandQueue: false,
    origin: first.origin,
    ...rest,
  };
}

/** Makes the publications of one service. */
export function smallPublications(
  service: string,
  events: readonly string[],
): readonly Publication[] {
  return events.map((event) => ({
    service,
    event,
    hasOutbox: byDefault(false),
    changesState: byDefault(false),
    roles: [{ kind: 'written', name: null }],
    origin: pointer('publishers', service),
  }));
}

/** Makes a request between two services, 5 s of timeout. */
export function smallRequest(
  name: string,
  requester: string,
  responder: string,
): RequestReply {
  const origin = pointer('requests', name);
  return {
    name,
    description: null,
    requester,
    responder,
    timeoutMs: given(5000, `${origin}/timeout`),
    request: emptyShape,
    reply: emptyShape,
    origin,
  };
}

const smallService = (name: string): Service => ({
  name,
  description: null,
  owner: null,
  context: null,
  database: null,
  isExternal: false,
  isDeclared: false,
  origin: pointer('services', name),
});

/** Makes an environment with so many copies. */
export function smallEnvironment(name: string, copies: number): Environment {
  const origin = pointer('environments', name);
  return {
    name,
    replication: given(copies, `${origin}/replication`),
    minInSync: byDefault(1, origin),
    hosts: [],
    origin,
  };
}

export interface SmallModel {
  readonly broker: {
    readonly kind: string;
    readonly version: string;
    readonly options?: JsonObject;
  };
  readonly events: readonly Event[];
  readonly channels: readonly Channel[];
  readonly publications: readonly Publication[];
  readonly subscriptions: readonly Subscription[];
  readonly groups: readonly ConsumerGroup[];
  readonly requests?: readonly RequestReply[];
  readonly environments?: readonly Environment[];
}

/** Makes a model of its parts; services are those that the parts name. */
export function smallModel(parts: SmallModel): Model {
  const requests = parts.requests ?? [];
  const services = [
    ...parts.publications.map(({ service }) => service),
    ...parts.groups.map(({ service }) => service),
    ...requests.flatMap(({ requester, responder }) => [requester, responder]),
  ];
  return {
    name: 'Orders',
    description: null,
    locale: 'en',
    documentsUrl: null,
    context: { needs: [], ratePerSecond: null, origin: '/context' },
    guarantees: {
      delivery: byDefault('at-least-once'),
      ordering: byDefault('per-key'),
      retention: byDefault(sevenDays),
      compatibility: byDefault('backward'),
    },
    broker: {
      kind: parts.broker.kind,
      choice: given(parts.broker.kind),
      title: parts.broker.kind === 'kafka' ? 'Apache Kafka' : 'RabbitMQ',
      version: given(parts.broker.version, '/broker/version'),
      options: parts.broker.options ?? {},
      orderingScope: parts.broker.kind === 'kafka' ? 'partition' : 'queue',
      origin: '/broker',
    },
    eventStore: byDefault('postgresql'),
    environments: parts.environments ?? [smallEnvironment('dev', 1)],
    services: [...new Set(services)].map(smallService),
    types: [],
    events: parts.events,
    channels: parts.channels,
    publications: parts.publications,
    subscriptions: parts.subscriptions,
    groups: parts.groups,
    flows: [],
    requests,
    aggregates: [],
    projections: [],
    queries: [],
    sagas: [],
  };
}
