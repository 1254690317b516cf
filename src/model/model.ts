// The resolved architecture: plain readonly data. Names in it are links that are known to hold.
// Everything after the resolve stage reads this and never the YAML.
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Locale } from '../core/locale.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Capabilities } from './capabilities.ts';
import type { EventKey } from './event-key.ts';
import type { Shape } from './payload.ts';
import type {
  Compatibility,
  Delivery,
  EventKind,
  EventStoreKind,
  Idempotency,
  Ordering,
  Retention,
  Retry,
  Sourced,
  Volume,
} from './settings.ts';

export interface Model {
  readonly name: string;
  readonly description: string | null;
  readonly locale: Locale;
  /** Where the generated folder is read, without a slash at its end; null when nobody said. */
  readonly documentsUrl: string | null;
  readonly context: Context;
  readonly guarantees: Guarantees;
  readonly broker: BrokerChoice;
  readonly eventStore: Sourced<EventStoreKind>;
  /** Invariant: at least one; in spec order. */
  readonly environments: readonly Environment[];
  /** Every name that takes part in anything, in order of first mention; described ones first. */
  readonly services: readonly Service[];
  readonly types: readonly SharedType[];
  readonly events: readonly Event[];
  readonly channels: readonly Channel[];
  readonly publications: readonly Publication[];
  readonly subscriptions: readonly Subscription[];
  readonly groups: readonly ConsumerGroup[];
  readonly flows: readonly Flow[];
  readonly requests: readonly RequestReply[];
  readonly aggregates: readonly Aggregate[];
  readonly projections: readonly Projection[];
  readonly queries: readonly Query[];
  readonly sagas: readonly Saga[];
}

export interface Context {
  readonly needs: readonly string[];
  /** System-wide target, events per second. */
  readonly ratePerSecond: number | null;
  readonly origin: Pointer;
}

/** The defaults for every flow. */
export interface Guarantees {
  readonly delivery: Sourced<Delivery>;
  readonly ordering: Sourced<Ordering>;
  readonly retention: Sourced<Retention>;
  readonly compatibility: Sourced<Compatibility>;
}

export interface BrokerChoice {
  /** A registered broker's name. */
  readonly kind: string;
  /** Who chose it and why: the spec, or the run in place of the spec's (`default`). */
  readonly choice: Sourced<string>;
  /** What it is called, e.g. "Apache Kafka". */
  readonly title: string;
  /** As the author wrote it, or the broker's default. */
  readonly version: Sourced<string>;
  /** The broker's own options, valid by its schema, defaults not filled in. */
  readonly options: JsonObject;
  /** What order and parallel work go by: the partitions of a channel, or the queues of a group. */
  readonly orderingScope: Capabilities['orderingScope'];
  readonly origin: Pointer;
}

export interface Environment {
  readonly name: string;
  /** Copies of each message: Kafka's replication factor, RabbitMQ's quorum size. */
  readonly replication: Sourced<number>;
  /** Kafka: `min.insync.replicas`. */
  readonly minInSync: Sourced<number>;
  /** `host:port` of the broker's nodes; empty when not said. */
  readonly hosts: readonly string[];
  readonly origin: Pointer;
}

export interface Service {
  readonly name: string;
  readonly description: string | null;
  readonly owner: string | null;
  /** Bounded context. */
  readonly context: string | null;
  readonly database: string | null;
  /** Outside this system: nothing is scaffolded for it. */
  readonly isExternal: boolean;
  /** True when it is described under `services`. */
  readonly isDeclared: boolean;
  /** Its description, or the place that names it first. */
  readonly origin: Pointer;
}

export interface SharedType {
  readonly name: string;
  readonly description: string | null;
  readonly shape: Shape;
  readonly origin: Pointer;
}

export interface Event {
  readonly name: string;
  readonly kind: EventKind;
  readonly description: string | null;
  readonly aggregate: string | null;
  /** What orders and partitions. Invariant: required fields of the payload that have one text. */
  readonly key: EventKey | null;
  /** At most one message per key is ever published, so that no other can overtake it. */
  readonly isOncePerKey: Sourced<boolean>;
  readonly version: number;
  readonly tags: readonly string[];
  /** Also consumed outside this spec. */
  readonly isPublic: boolean;
  readonly volume: Sourced<Volume> | null;
  readonly payload: Shape;
  /** Older versions, ascending. */
  readonly versions: readonly EventVersion[];
  readonly headers: Shape | null;
  readonly examples: readonly Example[];
  readonly channel: string;
  readonly delivery: Sourced<Delivery>;
  readonly ordering: Sourced<Ordering>;
  readonly retention: Sourced<Retention>;
  readonly compatibility: Sourced<Compatibility>;
  readonly origin: Pointer;
}

export interface EventVersion {
  readonly version: number;
  readonly payload: Shape;
  /** Date (`YYYY-MM-DD`) from which it is deprecated. */
  readonly deprecated: string | null;
  readonly origin: Pointer;
}

export interface Example {
  readonly value: JsonValue;
  readonly origin: Pointer;
}

/** `aggregate`: events of one aggregate; `event`: one event; `command`: a point-to-point queue; `declared`: as the author grouped. */
export type ChannelKind = 'aggregate' | 'event' | 'command' | 'declared';

/** What carries events: a topic on Kafka, an exchange (and for commands a queue) on RabbitMQ. */
export interface Channel {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly description: string | null;
  readonly events: readonly string[];
  /** As declared; null leaves the number to the capacity formula. */
  readonly partitions: Sourced<number> | null;
  readonly retention: Sourced<Retention>;
  readonly isCompacted: Sourced<boolean>;
  /** Strongest ordering that an event or subscription on it asks for. */
  readonly ordering: Sourced<Ordering>;
  readonly delivery: Sourced<Delivery>;
  readonly origin: Pointer;
}

/** Why a participant takes part: written by the author, or derived from an aggregate, a projection or a saga. */
export interface Role {
  readonly kind: 'written' | 'aggregate' | 'projection' | 'saga';
  /** Name of the aggregate, projection or saga; null when written. */
  readonly name: string | null;
}

/** One service publishing one event. */
export interface Publication {
  readonly service: string;
  readonly event: string;
  readonly hasOutbox: Sourced<boolean>;
  /** False when nothing is committed to the service's own database beside the event. */
  readonly changesState: Sourced<boolean>;
  readonly roles: readonly Role[];
  readonly origin: Pointer;
}

/** One service handling one event or pattern, with its settings. */
export interface Subscription {
  /** Unique: `<group>/<event or pattern>`. */
  readonly id: string;
  readonly service: string;
  /** As written: an event's name or a pattern such as `order.*`. */
  readonly pattern: string;
  /** What it matches, in spec order; an event that the same group names outright is left to that subscription. */
  readonly events: readonly string[];
  readonly group: string;
  readonly handler: Sourced<string>;
  /** Running copies of the service. */
  readonly instances: Sourced<number>;
  /** Messages handled at once in one copy. */
  readonly concurrency: Sourced<number>;
  /** Mean time to handle one message, ms. */
  readonly processingMs: Sourced<number>;
  readonly retry: Sourced<Retry>;
  readonly hasDeadLetter: Sourced<boolean>;
  readonly idempotency: Sourced<Idempotency>;
  readonly delivery: Sourced<Delivery>;
  readonly ordering: Sourced<Ordering>;
  readonly role: Role;
  readonly origin: Pointer;
}

/**
 * Subscriptions of one service that share one position: a consumer group on Kafka, one queue on RabbitMQ.
 * By default a service's subscriptions to one channel, so that order across the channel's event types holds.
 */
export interface ConsumerGroup {
  readonly name: string;
  readonly service: string;
  readonly channels: readonly string[];
  /** Ids of its subscriptions, in spec order. */
  readonly subscriptions: readonly string[];
  readonly events: readonly string[];
  /** Strongest of its subscriptions. */
  readonly ordering: Sourced<Ordering>;
  readonly delivery: Sourced<Delivery>;
  /** Most of its subscriptions. */
  readonly instances: Sourced<number>;
  readonly concurrency: Sourced<number>;
  readonly isCommandQueue: boolean;
  readonly origin: Pointer;
}

/** One hop: an event from its publisher through its channel to one subscription; the guarantees meant and had. */
export interface Flow {
  readonly event: string;
  /** Null when nobody in the spec publishes it. */
  readonly publisher: string | null;
  readonly channel: string;
  /** Subscription id; null when nobody in the spec consumes it. */
  readonly subscription: string | null;
  readonly declared: {
    readonly delivery: Delivery;
    readonly ordering: Ordering;
  };
  readonly effective: Worth;
  /** What makes it worth less than declared, from publisher to consumer; empty when the declared guarantee is had. */
  readonly weakenings: readonly Weakening[];
  /** What the effective guarantee rests on and the design cannot give by itself. */
  readonly assumptions: readonly Assumption[];
  readonly origin: Pointer;
}

/** Order that is had; within a channel: per key or in total in each, and none between the channels that a consumer reads. */
export type HadOrdering = Ordering | 'within-channel' | 'total-within-channel';

/** What a flow is worth. Loss and doubling do not exclude each other, so each axis is told by itself. */
export interface Worth {
  readonly mayBeLost: boolean;
  /** A message may have its effect twice: it comes twice, and nothing makes that the same as once. */
  readonly mayBeDoubled: boolean;
  readonly ordering: HadOrdering;
}

export type Axis = 'loss' | 'doubling' | 'order';

/** Closed list: what can weaken a flow, told in words by the documents and the rules. */
export type WeakeningCause =
  | 'dual-write'
  | 'no-dead-letter'
  | 'short-retention'
  | 'relay-repeats'
  | 'no-transactions'
  | 'untransacted'
  | 'not-idempotent'
  | 'no-key'
  | 'non-blocking-retry'
  | 'several-partitions'
  | 'several-channels';

export interface Weakening {
  readonly axis: Axis;
  readonly link: 'publisher' | 'channel' | 'consumer';
  readonly cause: WeakeningCause;
  /** The order that is left; null on the other axes. */
  readonly to: HadOrdering | null;
  readonly origin: Pointer;
}

/**
 * Closed list: what a guarantee can rest on. `bounded-outage`: no consumer is away for longer than its channel keeps
 * messages. `dead-letter-gap`: no message is parked, as later ones of its key pass it. `refused-replay`: the same for a
 * read model, which takes no older version after a newer one. `natural-effect`: a repeat changes nothing. `own-database`:
 * the effect lies in the database of the inbox. `harmless-repeat`: a second effect, which at-least-once allows, does no
 * harm. `same-cluster`: the effect is what foreign code publishes in the same transaction.
 */
export type AssumptionKind =
  | 'bounded-outage'
  | 'refused-replay'
  | 'natural-effect'
  | 'own-database'
  | 'harmless-repeat'
  | 'same-cluster'
  | 'dead-letter-gap';

export interface Assumption {
  readonly axis: Axis;
  readonly kind: AssumptionKind;
  /** The longest outage that is borne, ms; null for all but `bounded-outage`. */
  readonly boundMs: number | null;
  readonly origin: Pointer;
}

export interface RequestReply {
  readonly name: string;
  readonly description: string | null;
  readonly requester: string;
  readonly responder: string;
  readonly timeoutMs: Sourced<number>;
  readonly request: Shape;
  readonly reply: Shape;
  readonly origin: Pointer;
}

export interface Aggregate {
  readonly name: string;
  readonly description: string | null;
  readonly service: string;
  readonly storage: Sourced<'event-sourced' | 'state'>;
  /** Events between two snapshots; null takes none. */
  readonly snapshotEvery: Sourced<number> | null;
  /** The first is the initial one; empty when the author names none. */
  readonly states: readonly string[];
  readonly commands: readonly AggregateCommand[];
  /** Events that carry `aggregate: <name>`, in spec order. */
  readonly events: readonly string[];
  /** What identifies it: the key that its events share. */
  readonly key: EventKey | null;
  readonly origin: Pointer;
}

export interface AggregateCommand {
  readonly name: string;
  /** Empty: allowed from nothing, it creates the aggregate. */
  readonly from: readonly string[];
  readonly to: string | null;
  readonly emits: readonly string[];
  readonly input: Shape | null;
  readonly origin: Pointer;
}

export interface Projection {
  readonly name: string;
  readonly description: string | null;
  readonly service: string;
  readonly from: readonly string[];
  readonly key: string;
  readonly shape: Shape;
  /** Accepted age of what is read, ms. */
  readonly stalenessMs: Sourced<number> | null;
  readonly group: string;
  readonly origin: Pointer;
}

export interface Query {
  readonly name: string;
  readonly description: string | null;
  readonly projection: string;
  readonly by: readonly string[];
  readonly sort: {
    readonly field: string;
    readonly isDescending: boolean;
  } | null;
  readonly origin: Pointer;
}

export interface Saga {
  readonly name: string;
  readonly description: string | null;
  readonly style: 'orchestration' | 'choreography';
  /** Orchestrated: who runs it; null for a choreography. */
  readonly coordinator: string | null;
  readonly starts: string;
  /** What ties its messages together, in the payload of each. */
  readonly correlation: EventKey;
  readonly timeoutMs: Sourced<number>;
  readonly steps: readonly SagaStep[];
  readonly completes: string | null;
  readonly aborts: string | null;
  /** Consumer group of the coordinator; null for a choreography. */
  readonly group: string | null;
  readonly origin: Pointer;
}

export interface SagaStep {
  readonly name: string;
  /** Service that acts: the consumer of its command, or of the event that triggers it. */
  readonly participant: string | null;
  /** Orchestrated: the command sent. */
  readonly command: string | null;
  /** Choreographed: the event that triggers the step. */
  readonly on: string | null;
  readonly success: string;
  readonly failure: string | null;
  /** Orchestrated: the command that undoes it. Choreographed: the event that tells it is undone. */
  readonly compensate: string | null;
  /** Said to leave nothing to undo; null when that is not said. */
  readonly undo: Sourced<'none'> | null;
  readonly timeoutMs: Sourced<number> | null;
  readonly origin: Pointer;
}
