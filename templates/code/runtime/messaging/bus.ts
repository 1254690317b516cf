// The port to a message broker. Every adapter passes one contract suite.
import type { FailurePolicy } from '../consume/retry.js';
// #if requests
import type { RequestBus } from '../requests/request-bus.js';
// #end
import type { MessageHeaders } from './envelope.js';

/** Where a message goes: a topic (publish/subscribe) or a queue (point-to-point). */
export interface Address {
  readonly kind: 'topic' | 'queue';
  /** Kafka topic; RabbitMQ exchange of the same name. */
  readonly channel: string;
}

/** One message on its way to the broker. */
export interface OutgoingMessage {
  readonly id: string;
  readonly address: Address;
  /** The event's name; RabbitMQ routes by it. */
  readonly routingKey: string;
  /** Ordering and partition key, null where no order is wanted. */
  readonly key: string | null;
  readonly contentType: string;
  readonly headers: MessageHeaders;
  readonly body: string;
  /** A consumer is known to exist: a broker that can tell must refuse a message it cannot route. */
  readonly mandatory: boolean;
}

/** One message as the broker delivers it. */
export interface Delivery {
  readonly channel: string;
  readonly routingKey: string;
  readonly key: string | null;
  readonly contentType: string;
  readonly headers: MessageHeaders;
  readonly body: string;
  /** 1 for the first delivery. A lower bound: a broker that lost a consumer may not count its attempt. */
  readonly attempt: number;
}

/** A channel a group reads, and the event names it wants of it. */
export interface SubscriptionSource {
  readonly address: Address;
  readonly types: readonly string[];
}

/** What one group reads and how its failures are treated. */
export interface Subscription {
  /** Consumer group on Kafka, queue on RabbitMQ. Copies of one service share it. */
  readonly group: string;
  readonly sources: readonly SubscriptionSource[];
  /** Whether messages with one key must be handled one after another, in order. */
  readonly isOrdered: boolean;
  /** Whether a message is settled before it is handled: it may be lost and never comes twice. */
  readonly isAtMostOnce: boolean;
  /** Messages handled at once in this process, at most. */
  readonly concurrency: number;
  readonly failure: FailurePolicy;
  /** Policies of the event types that differ from `failure`. */
  readonly failureByType: ReadonlyMap<string, FailurePolicy>;
}

/** Returns the policy for a message of this type. */
export function failurePolicyOf(
  subscription: Subscription,
  type: string,
): FailurePolicy {
  return subscription.failureByType.get(type) ?? subscription.failure;
}

/** Whether the group asked for messages of this type from this channel. */
export function isWanted(
  subscription: Subscription,
  channel: string,
  type: string,
): boolean {
  return subscription.sources.some(
    (source) =>
      source.address.channel === channel && source.types.includes(type),
  );
}

/** Handles one delivery. Resolving acknowledges it; throwing asks for a retry, a `PermanentError` for none. */
export type DeliveryHandler = (delivery: Delivery) => Promise<void>;

/** A running consumer. */
export interface Consumer {
  /** Stops fetching, waits for what is in hand, and leaves. Idempotent. */
  readonly stop: () => Promise<void>;
}

/** Outcome of going through a group's dead letters once. */
export interface ReplayReport {
  readonly replayed: number;
  readonly failed: number;
}

/** What every broker adapter offers. */
export interface MessageBus {
  /** Resolves once the broker has taken responsibility for the message; rejects otherwise. */
  readonly publish: (message: OutgoingMessage) => Promise<void>;
  /** Starts delivering to the handler; resolves when messages published from now on will be seen. */
  readonly subscribe: (
    subscription: Subscription,
    handle: DeliveryHandler,
  ) => Promise<Consumer>;
  /** Hands each message now in the group's dead letters to the handler; what fails again stays there. */
  readonly replay: (
    subscription: Subscription,
    handle: DeliveryHandler,
  ) => Promise<ReplayReport>;
  // #if requests
  readonly request: RequestBus['request'];
  readonly respond: RequestBus['respond'];
  // #end
  /** Rejects when the broker cannot be used. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}
