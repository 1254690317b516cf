// The words in which guarantees and settings are said, and a value together with where it came from.
import type { Pointer } from '../core/pointer.ts';

export type Delivery = 'at-most-once' | 'at-least-once' | 'exactly-once';
export type Ordering = 'none' | 'per-key' | 'total';
export type CompatibilityMode = 'none' | 'backward' | 'forward' | 'full';
export type Compatibility =
  | CompatibilityMode
  | 'backward-transitive'
  | 'forward-transitive'
  | 'full-transitive';
export type Idempotency = 'inbox' | 'natural' | 'none';
export type RetryMode = 'blocking' | 'non-blocking';
export type Backoff = 'fixed' | 'exponential';
export type EventKind = 'domain' | 'integration' | 'command';
export type EventStoreKind = 'postgresql' | 'kurrentdb' | 'broker';

/** Who decided a value: the author, the tool's default, or other parts of the spec. */
export type Source = 'spec' | 'default' | 'derived';

/** A setting with its provenance, so that every generated line can say why it is there. */
export interface Sourced<T> {
  readonly value: T;
  readonly from: Source;
  /** Where the value is written (`spec`), or the place in the spec that it follows from. */
  readonly origin: Pointer;
  /** The author's justification, or for a default or derived value the tool's, in one sentence. */
  readonly because: string | null;
}

/** How long a message is kept, in milliseconds; `forever` for logs that are the truth. */
export type Retention = number | 'forever';

export interface Retry {
  /** Deliveries in all, the first included; at least 1. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** Delay before the second attempt, in ms. */
  readonly firstMs: number;
  /** Upper bound of one delay, in ms. */
  readonly maxMs: number;
  /** `blocking` keeps order (later messages wait); `non-blocking` sets the message aside. */
  readonly mode: RetryMode;
}

export interface Volume {
  /** Mean rate, events per second. */
  readonly ratePerSecond: number;
  /** Peak rate, events per second. */
  readonly peakPerSecond: number;
  /** Mean size of a message, bytes. */
  readonly bytes: number;
}
