// What is to exist on a RabbitMQ node, as plain data: the shape between a model and `definitions.json`.
// Every object carries the place in the spec that it follows from, and why.
import type { JsonObject } from '../../core/json.ts';
import type { Pointer } from '../../core/pointer.ts';
import type { Sourced } from '../../model/settings.ts';

/** The place in the spec and the reason, in one sentence. */
export interface Provenance {
  readonly pointer: Pointer;
  readonly because: string;
}

export type ExchangeType = 'topic' | 'direct' | 'fanout' | 'headers';
export type QueueType = 'quorum' | 'classic' | 'stream';

/**
 * What a queue is for. `work`: one consumer group; `lane`: its share of the keys; `retry`: holds a failed message
 * for one delay; `dead-letter`: what a group gave up; `request`: asks of a responder; `log`: replay; `unrouted`: what no binding took.
 */
export type QueueRole =
  'work' | 'lane' | 'retry' | 'dead-letter' | 'request' | 'log' | 'unrouted';

export interface Exchange {
  readonly name: string;
  readonly type: ExchangeType;
  readonly arguments: JsonObject;
  readonly why: Provenance;
}

export interface Queue {
  readonly name: string;
  readonly type: QueueType;
  readonly role: QueueRole;
  readonly isDurable: boolean;
  readonly isAutoDelete: boolean;
  /** Fixed for ever: a queue's arguments cannot be changed without deleting it. */
  readonly arguments: JsonObject;
  readonly why: Provenance;
}

export interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly to: 'queue' | 'exchange';
  readonly routingKey: string;
  /** What a headers exchange matches; empty for every other type, which routes by key alone. */
  readonly arguments: JsonObject;
  readonly why: Provenance;
}

export interface Policy {
  readonly name: string;
  readonly pattern: string;
  readonly applyTo: 'queues' | 'exchanges';
  /** The names that the pattern is meant to match, and no others of the design. */
  readonly targets: readonly string[];
  readonly definition: JsonObject;
  readonly priority: number;
  readonly why: Provenance;
}

export interface User {
  readonly name: string;
  /** Environment variable that holds the password when the definitions are applied. */
  readonly passwordVariable: string;
  readonly why: Provenance;
}

/** What one user may do, as lists of names; the regular expressions are made of them. */
export interface Permission {
  readonly user: string;
  readonly configure: readonly string[];
  readonly write: readonly string[];
  readonly read: readonly string[];
  readonly why: Provenance;
}

export interface TopicPermission {
  readonly user: string;
  readonly exchange: string;
  /** Routing keys that the user may publish with. */
  readonly write: readonly string[];
  readonly why: Provenance;
}

/** How a failed message comes back. */
export type RetryMechanism =
  /** The consumer holds the message for the delay, then rejects it with requeue: order is kept. */
  | 'hold-and-reject'
  /** The consumer publishes a copy to the rung of the ladder for the delay, then acknowledges. */
  | 'retry-queues'
  /** The consumer rejects with requeue and the queue itself delays (4.3 and later). */
  | 'delayed-retry'
  /** One attempt only. */
  | 'none';

export interface SubscriptionRetry {
  readonly subscription: string;
  readonly mechanism: RetryMechanism;
  /** Deliveries in all, the first included. */
  readonly attempts: number;
  /** Delay before the second, third, … attempt, ms. */
  readonly delaysMs: readonly number[];
}

/** What the client of one consumer group has to be set to; the broker cannot enforce it. */
export interface ConsumerSettings {
  readonly group: string;
  readonly service: string;
  readonly queues: readonly string[];
  readonly prefetch: number;
  readonly isSingleActive: boolean;
  readonly acknowledges: 'after-handling' | 'on-delivery';
  /** One for each subscription of the group. */
  readonly retries: readonly SubscriptionRetry[];
  /** Exchange of the retry ladder; null without one. Its routing keys are the delays, as in the queues' names. */
  readonly retryExchange: string | null;
  readonly deadLetterQueue: string | null;
  readonly why: Provenance;
}

/** What the client of one publisher has to be set to for one event. */
export interface PublisherSettings {
  readonly service: string;
  readonly event: string;
  readonly exchange: string;
  readonly routingKey: string;
  /** Payload field whose value is the key. */
  readonly keyField: string | null;
  /** Some queue of the event has lanes, so that the header with the slot decides where it goes. */
  readonly isSpread: boolean;
  readonly isMandatory: boolean;
  readonly hasConfirms: boolean;
  readonly why: Provenance;
}

export interface Topology {
  /** `major.minor`, by which features are chosen. */
  readonly version: string;
  /** The version as the author wrote it. */
  readonly release: string;
  readonly environment: string;
  readonly vhost: string;
  readonly vhostDescription: string;
  readonly plugins: readonly string[];
  /** How many places keys are spread over by every publisher. */
  readonly slots: Sourced<number>;
  readonly users: readonly User[];
  readonly permissions: readonly Permission[];
  readonly topicPermissions: readonly TopicPermission[];
  readonly exchanges: readonly Exchange[];
  readonly queues: readonly Queue[];
  readonly bindings: readonly Binding[];
  readonly policies: readonly Policy[];
  readonly consumers: readonly ConsumerSettings[];
  readonly publishers: readonly PublisherSettings[];
}
