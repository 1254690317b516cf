// A small shop as a resolved model, built by hand: the fixture of tests that need a model and no YAML.
import { pointer } from '../core/pointer.ts';
import type { Pointer } from '../core/pointer.ts';
import type {
  Channel,
  ConsumerGroup,
  Event,
  Model,
  Publication,
  Subscription,
} from '../model/model.ts';
import type { Shape } from '../model/payload.ts';
import type { Retry, Sourced } from '../model/settings.ts';

const day = 86_400_000;
const root = pointer('guarantees');

/** A value as the author wrote it at `origin`. */
export function written<T>(value: T, origin: Pointer = root): Sourced<T> {
  return { value, from: 'spec', origin, because: null };
}

const shape = (origin: Pointer): Shape => ({
  fields: [],
  schema: null,
  origin,
});

const blocking: Retry = {
  attempts: 5,
  backoff: 'exponential',
  firstMs: 1000,
  maxMs: 60_000,
  mode: 'blocking',
};

/** An event of the shop; `part` replaces any of its facts. */
export function eventOf(name: string, part: Partial<Event> = {}): Event {
  const origin = pointer('events', name);
  return {
    name,
    kind: 'domain',
    description: null,
    aggregate: null,
    key: [['orderId']],
    isOncePerKey: written(false),
    version: 1,
    tags: [],
    isPublic: false,
    volume: null,
    payload: shape(origin),
    versions: [],
    headers: null,
    examples: [],
    channel: name,
    delivery: written('at-least-once'),
    ordering: written('per-key'),
    retention: written(7 * day),
    compatibility: written('backward'),
    origin,
    ...part,
  };
}

/** A channel that carries `events`; `part` replaces any of its settings. */
export function channelOf(
  name: string,
  events: readonly string[],
  part: Partial<Channel> = {},
): Channel {
  return {
    name,
    kind: 'event',
    description: null,
    events,
    partitions: null,
    retention: written(7 * day),
    isCompacted: written(false),
    ordering: written('per-key'),
    delivery: written('at-least-once'),
    origin: pointer('channels', name),
    ...part,
  };
}

/** One service's subscription to one event; its group is `<service>.<event>` unless `part` says otherwise. */
export function subscriptionOf(
  service: string,
  event: string,
  part: Partial<Subscription> = {},
): Subscription {
  const group = part.group ?? `${service}.${event}`;
  const origin = pointer('consumers', service, 'subscribes', event);
  return {
    id: `${group}/${event}`,
    service,
    pattern: event,
    events: [event],
    group,
    handler: written('handle', origin),
    instances: written(1, origin),
    concurrency: written(1, origin),
    processingMs: written(10, origin),
    retry: written(blocking, `${origin}/retry`),
    hasDeadLetter: written(true, `${origin}/deadLetter`),
    idempotency: written('inbox', origin),
    delivery: written('at-least-once'),
    ordering: written('per-key'),
    role: { kind: 'written', name: null },
    origin,
    ...part,
  };
}

const publicationOf = (service: string, event: string): Publication => ({
  service,
  event,
  hasOutbox: written(true),
  changesState: written(true),
  roles: [{ kind: 'written', name: null }],
  origin: pointer('publishers', service, 'publishes'),
});

const groupOf = (
  subscription: Subscription,
  channel: string,
): ConsumerGroup => ({
  name: subscription.group,
  service: subscription.service,
  channels: [channel],
  subscriptions: [subscription.id],
  events: subscription.events,
  ordering: subscription.ordering,
  delivery: subscription.delivery,
  instances: subscription.instances,
  concurrency: subscription.concurrency,
  isCommandQueue: false,
  origin: subscription.origin,
});

/** The shop: orders with a volume, a command, a notification with a retry ladder, one request/reply. `part` replaces whole sections. */
export function shopModel(part: Partial<Model> = {}): Model {
  const created = eventOf('order.created', {
    aggregate: 'order',
    channel: 'order',
    volume: written(
      { ratePerSecond: 500, peakPerSecond: 2000, bytes: 1024 },
      pointer('events', 'order.created', 'volume'),
    ),
  });
  const paid = eventOf('order.paid', { aggregate: 'order', channel: 'order' });
  const reserve = eventOf('command.reserve-stock', { kind: 'command' });
  const notify = subscriptionOf('notification-service', 'order.created', {
    retry: written(
      { ...blocking, attempts: 3, mode: 'non-blocking' },
      '/consumers/notification-service/subscribes/order.created/retry',
    ),
  });
  const ship = subscriptionOf('shipping-service', 'order.paid');
  const stock = subscriptionOf('inventory-service', 'command.reserve-stock', {
    instances: written(4),
    concurrency: written(2),
  });
  const services = [
    'order-service',
    'inventory-service',
    'shipping-service',
    'notification-service',
  ];
  return {
    name: 'Shop',
    description: null,
    locale: 'en',
    documentsUrl: null,
    context: { needs: [], ratePerSecond: null, origin: '/context' },
    guarantees: {
      delivery: written('at-least-once'),
      ordering: written('per-key'),
      retention: written(7 * day),
      compatibility: written('backward'),
    },
    broker: {
      kind: 'kafka',
      choice: written('kafka'),
      title: 'Apache Kafka',
      version: written('4.1', '/broker/version'),
      options: {},
      orderingScope: 'partition',
      origin: '/broker',
    },
    eventStore: written('postgresql', '/eventStore'),
    environments: [
      environment('dev', { replication: 1, minInSync: 1 }),
      environment('prod', { replication: 3, minInSync: 2 }),
    ],
    services: services.map((name) => ({
      name,
      description: null,
      owner: null,
      context: null,
      database: null,
      isExternal: false,
      isDeclared: true,
      origin: pointer('services', name),
    })),
    types: [],
    events: [created, paid, reserve],
    channels: [
      channelOf('order', ['order.created', 'order.paid'], {
        kind: 'aggregate',
        partitions: written(12, '/channels/order/partitions'),
        retention: written(30 * day, '/channels/order/retention'),
      }),
      channelOf('command.reserve-stock', ['command.reserve-stock'], {
        kind: 'command',
      }),
    ],
    publications: [
      publicationOf('order-service', 'order.created'),
      publicationOf('order-service', 'order.paid'),
      publicationOf('order-service', 'command.reserve-stock'),
    ],
    subscriptions: [notify, ship, stock],
    groups: [
      groupOf(notify, 'order'),
      groupOf(ship, 'order'),
      groupOf(stock, 'command.reserve-stock'),
    ],
    flows: [],
    requests: [
      {
        name: 'inventory.check',
        description: null,
        requester: 'order-service',
        responder: 'inventory-service',
        timeoutMs: written(5000, '/requests/inventory.check/timeout'),
        request: shape('/requests/inventory.check/request'),
        reply: shape('/requests/inventory.check/reply'),
        origin: '/requests/inventory.check',
      },
    ],
    aggregates: [],
    projections: [],
    queries: [],
    sagas: [],
    ...part,
  };
}

function environment(
  name: string,
  copies: { readonly replication: number; readonly minInSync: number },
): Model['environments'][number] {
  const origin = pointer('environments', name);
  return {
    name,
    replication: written(copies.replication, `${origin}/replication`),
    minInSync: written(copies.minInSync, `${origin}/minInSync`),
    hosts: [],
    origin,
  };
}
