// What weakens one hop below its declared guarantee, given the configuration that this tool generates for it.
// Knows no broker by name: what brokers differ in comes as capabilities.
import type { Capabilities } from '../model/capabilities.ts';
import { toleratedOutageMs } from '../model/capacity.ts';
import type {
  Channel,
  Event,
  Publication,
  Service,
  Subscription,
  Weakening,
} from '../model/model.ts';
import type { Delivery, Ordering } from '../model/settings.ts';

/** One hop with everything that decides what it is worth. */
export interface Hop {
  readonly event: Event;
  readonly channel: Channel | null;
  /** Partitions that the channel will have; RabbitMQ's lanes are no matter here, as each key keeps to one of them. */
  readonly partitions: number;
  /** The channel is an event store, which is kept for ever whatever its retention says. */
  readonly isStore: boolean;
  readonly publication: Publication | null;
  readonly publisher: Service | null;
  readonly subscription: Subscription | null;
  /** Another subscription of the group keeps dead letters; where a group is a queue, they are the queue's. */
  readonly groupKeepsFailed: boolean;
  readonly capabilities: Capabilities;
}

/** Lists what weakens the delivery of a hop, from publisher to consumer; nothing is weaker than at-most-once. */
export function deliveryWeakenings(
  hop: Hop,
  declared: Delivery,
): readonly Weakening[] {
  if (declared === 'at-most-once') return [];
  return [
    ...dualWrite(hop),
    ...noTransactions(hop, declared),
    ...shortRetention(hop),
    ...noDeadLetter(hop),
  ];
}

/** Lists what weakens the ordering of a hop, from publisher to consumer. */
export function orderingWeakenings(
  hop: Hop,
  declared: Ordering,
): readonly Weakening[] {
  if (declared === 'none') return [];
  return [
    ...partitioning(hop, declared),
    // Several consumers at once weaken nothing: a partition has one consumer in a group and is handled in order, and an
    // ordered queue has a single active consumer with a prefetch of one.
    ...overtaking(hop),
  ];
}

function dualWrite(hop: Hop): readonly Weakening[] {
  const { publication, publisher, event } = hop;
  if (publication === null || publication.hasOutbox.value) return [];
  // A service with a database, or one whose event tells a change of an aggregate, writes state beside the event.
  const changesState =
    event.aggregate !== null || (publisher?.database ?? null) !== null;
  if (!changesState) return [];
  return [
    {
      aspect: 'delivery',
      link: 'publisher',
      cause: 'dual-write',
      to: 'at-most-once',
      origin: publication.hasOutbox.origin,
    },
  ];
}

function noTransactions(hop: Hop, declared: Delivery): readonly Weakening[] {
  if (declared !== 'exactly-once' || hop.capabilities.hasTransactions)
    return [];
  return [
    {
      aspect: 'delivery',
      link: 'channel',
      cause: 'no-transactions',
      to: 'at-least-once',
      origin: hop.event.delivery.origin,
    },
  ];
}

/** A log forgets by age, whether a message was read or not. */
function shortRetention(hop: Hop): readonly Weakening[] {
  const { channel, subscription, capabilities } = hop;
  if (channel === null || subscription === null || hop.isStore) return [];
  const { value, origin } = channel.retention;
  if (capabilities.keepsExpired || channel.isCompacted.value) return [];
  if (value === 'forever' || value >= toleratedOutageMs) return [];
  return [
    {
      aspect: 'delivery',
      link: 'channel',
      cause: 'short-retention',
      to: 'at-most-once',
      origin,
    },
  ];
}

function noDeadLetter(hop: Hop): readonly Weakening[] {
  const { subscription, capabilities } = hop;
  if (subscription === null || subscription.hasDeadLetter.value) return [];
  if (capabilities.orderingScope === 'queue' && hop.groupKeepsFailed) return [];
  return [
    {
      aspect: 'delivery',
      link: 'consumer',
      cause: 'no-dead-letter',
      to: 'at-most-once',
      origin: subscription.hasDeadLetter.origin,
    },
  ];
}

/** Order holds in one partition. One queue keeps it for all keys, and lanes that hash by key keep it for each. */
function partitioning(hop: Hop, declared: Ordering): readonly Weakening[] {
  const { event, channel, capabilities } = hop;
  if (capabilities.orderingScope === 'queue' || hop.partitions <= 1) return [];
  if (event.key === null) {
    return [
      {
        aspect: 'ordering',
        link: 'publisher',
        cause: 'no-key',
        to: 'none',
        origin: event.origin,
      },
    ];
  }
  if (declared !== 'total') return [];
  return [
    {
      aspect: 'ordering',
      link: 'channel',
      cause: 'several-partitions',
      to: 'per-key',
      origin: channel?.partitions?.origin ?? channel?.origin ?? event.origin,
    },
  ];
}

function overtaking({ subscription }: Hop): readonly Weakening[] {
  if (subscription === null) return [];
  const { mode, attempts } = subscription.retry.value;
  if (mode !== 'non-blocking' || attempts <= 1) return [];
  return [
    {
      aspect: 'ordering',
      link: 'consumer',
      cause: 'non-blocking-retry',
      to: 'none',
      origin: subscription.retry.origin,
    },
  ];
}
