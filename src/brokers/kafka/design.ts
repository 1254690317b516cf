// What a model comes to on Kafka, before any file format: topics, principals, rights, quotas, client settings.
// The same for every environment; replication and min ISR are the environment's and stand in no topic here.
import type { Pointer } from '../../core/pointer.ts';

/** Where in the spec something follows from, and why, in one sentence. */
export interface Why {
  readonly origin: Pointer;
  readonly because: string;
}

export interface Setting extends Why {
  readonly key: string;
  readonly value: string;
}

export type TopicRole =
  'channel' | 'retry' | 'dead-letter' | 'request' | 'reply';

export interface Topic {
  readonly name: string;
  readonly role: TopicRole;
  /** The channel that it is or serves; null for request/reply. */
  readonly channel: string | null;
  /** The group that a retry or dead-letter topic belongs to. */
  readonly group: string | null;
  /** The group that reads a retry topic (its own step) or replays a dead-letter topic; null for the others. */
  readonly readBy: string | null;
  readonly partitions: number;
  readonly partitionsWhy: Why;
  /** In the order in which they are printed. */
  readonly settings: readonly Setting[];
  /** Retry topics: how long a message waits, ms. */
  readonly delayMs: number | null;
  /** Whether every message has a key; compaction needs one. */
  readonly isKeyed: boolean;
  readonly why: Why;
}

export interface Principal {
  readonly name: string;
  /** The service of the spec; null for the people's and the exporter's. */
  readonly service: string | null;
  readonly role: 'service' | 'operator' | 'exporter';
  /** Whether it is the user of a service that is run outside the design. */
  readonly isExternal: boolean;
  readonly why: Why;
}

export type ResourceType = 'topic' | 'group' | 'transactional-id' | 'cluster';
export type Operation = 'Read' | 'Write' | 'Describe';

/** Rights of one principal on one resource. Everything that no grant gives is denied. */
export interface Grant {
  readonly principal: string;
  readonly resource: ResourceType;
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
  /** In alphabetical order. */
  readonly operations: readonly Operation[];
  readonly whys: readonly Why[];
}

/** Bytes per second and broker; null leaves that direction unlimited. */
export interface Quota {
  readonly principal: string;
  readonly producerBytesPerSecond: number | null;
  readonly consumerBytesPerSecond: number | null;
  readonly why: Why;
}

/** A quota that was not set, and why. */
export interface MissingQuota {
  readonly principal: string;
  readonly because: string;
}

/** Properties of one producer or one consumer of a service. */
export interface ClientSettings {
  readonly service: string;
  readonly principal: string;
  readonly role: 'producer' | 'consumer';
  /** The consumer's group; null for a producer. */
  readonly group: string | null;
  readonly settings: readonly Setting[];
}

export interface KafkaDesign {
  readonly topics: readonly Topic[];
  readonly principals: readonly Principal[];
  readonly grants: readonly Grant[];
  readonly quotas: readonly Quota[];
  readonly missingQuotas: readonly MissingQuota[];
  readonly clients: readonly ClientSettings[];
}
