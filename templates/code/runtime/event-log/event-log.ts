// The port to an event log: an event store that stands apart from the database, and that can be followed.
import type { EventStore } from '../event-sourcing/event-store.js';
import type { Envelope } from '../messaging/envelope.js';

/** One event with its place in the whole log. */
export interface LoggedEvent {
  readonly position: string;
  readonly event: Envelope;
}

/** Reads on from a position, in the order in which events were committed. */
export interface LogReader {
  /** Takes what has arrived, at most so many; rejects when the reader has failed and another must be opened. */
  readonly take: (max: number) => Promise<readonly LoggedEvent[]>;
  /** Nothing wanted at or before this position has yet to be taken; null at the beginning. */
  readonly position: string | null;
  readonly close: () => Promise<void>;
}

/** What a reader follows. */
export interface Following {
  readonly aggregates: readonly string[];
  /** Null: from the beginning. */
  readonly after: string | null;
  /** Called when something may be taken. */
  readonly arrived: () => void;
}

/** An event store outside the database's transactions. Adapters: memory and KurrentDB; both pass one contract suite. */
export interface EventLog extends EventStore {
  readonly follow: (what: Following) => LogReader;
  /** Rejects when the log cannot be used. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}
