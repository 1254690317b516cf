// An event store in memory, for tests.
import { ConcurrencyError } from '../consume/errors.js';
import type { Envelope } from '../messaging/envelope.js';
import type { EventStore, Snapshot, StreamId } from './event-store.js';

/** One event in the order of the whole store. */
export interface Entry {
  readonly key: string;
  readonly aggregate: string;
  readonly event: Envelope;
}

/** An event store that forgets everything with the process. */
export class MemoryEventStore implements EventStore {
  protected readonly log: Entry[] = [];
  private readonly snapshots = new Map<string, Snapshot>();

  append(
    stream: StreamId,
    events: readonly Envelope[],
    expectedVersion: number,
  ): Promise<number> {
    const present = this.history(stream);
    const version = expectedVersion + events.length;
    if (present.length !== expectedVersion) {
      const same = events.every(
        (event, index) => present[expectedVersion + index]?.id === event.id,
      );
      if (same && events.length > 0) return Promise.resolve(version);
      const text = `${stream.aggregate} ${stream.id} is not at version ${expectedVersion}`;
      return Promise.reject(new ConcurrencyError(text));
    }
    this.log.push(
      ...events.map((event) => ({
        key: keyOf(stream),
        aggregate: stream.aggregate,
        event,
      })),
    );
    return Promise.resolve(version);
  }

  read(stream: StreamId, afterVersion = 0): Promise<readonly Envelope[]> {
    return Promise.resolve(this.history(stream).slice(afterVersion));
  }

  async scan(
    aggregate: string,
    visit: (event: Envelope) => Promise<void>,
  ): Promise<void> {
    for (const entry of this.log.filter(
      (candidate) => candidate.aggregate === aggregate,
    ))
      await visit(entry.event);
  }

  loadSnapshot(stream: StreamId): Promise<Snapshot | null> {
    return Promise.resolve(this.snapshots.get(keyOf(stream)) ?? null);
  }

  saveSnapshot(stream: StreamId, snapshot: Snapshot): Promise<void> {
    const held = this.snapshots.get(keyOf(stream));
    if (held === undefined || held.version <= snapshot.version)
      this.snapshots.set(keyOf(stream), snapshot);
    return Promise.resolve();
  }

  private history(stream: StreamId): readonly Envelope[] {
    return this.log
      .filter((entry) => entry.key === keyOf(stream))
      .map((entry) => entry.event);
  }
}

function keyOf(stream: StreamId): string {
  return JSON.stringify([stream.aggregate, stream.id]);
}
