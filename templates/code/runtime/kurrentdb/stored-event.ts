// What is stored in KurrentDB, read back: written by this runtime, so its form is known.
import type { RecordedEvent } from '@kurrent/kurrentdb-client';
import type { Snapshot } from '../event-sourcing/event-store.js';
import type { Envelope } from '../messaging/envelope.js';

/** The envelope that an event holds. */
export function envelopeIn(event: RecordedEvent): Envelope {
  return event.data as unknown as Envelope;
}

/** The snapshot that an event holds. */
export function snapshotIn(event: RecordedEvent): Snapshot {
  return event.data as unknown as Snapshot;
}

/** The kind of aggregate that an event is of; null for what others have written. */
export function aggregateOf({ metadata }: RecordedEvent): string | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const { aggregate } = metadata as { readonly aggregate?: unknown };
  return typeof aggregate === 'string' ? aggregate : null;
}
