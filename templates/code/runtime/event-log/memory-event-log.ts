// An event log in memory: for tests, and for running the system with nothing installed.
import { MemoryEventStore } from '../event-sourcing/memory-event-store.js';
import type { StreamId } from '../event-sourcing/event-store.js';
import type { Envelope } from '../messaging/envelope.js';
import type {
  EventLog,
  Following,
  LogReader,
  LoggedEvent,
} from './event-log.js';

/** An event log that forgets everything with the process. */
export class MemoryEventLog extends MemoryEventStore implements EventLog {
  private readonly followers = new Set<() => void>();

  override async append(
    stream: StreamId,
    events: readonly Envelope[],
    expectedVersion: number,
  ): Promise<number> {
    const version = await super.append(stream, events, expectedVersion);
    for (const arrived of this.followers) arrived();
    return version;
  }

  follow({ aggregates, after, arrived }: Following): LogReader {
    let next = after === null ? 0 : Number(after) + 1;
    this.followers.add(arrived);
    const take = (max: number): readonly LoggedEvent[] => {
      const taken: LoggedEvent[] = [];
      for (; taken.length < max && next < this.log.length; next += 1) {
        const entry = this.log[next];
        if (entry !== undefined && aggregates.includes(entry.aggregate))
          taken.push({ position: String(next), event: entry.event });
      }
      return taken;
    };
    return {
      take: (max) => Promise.resolve(take(max)),
      get position() {
        return next === 0 ? null : String(next - 1);
      },
      close: () => {
        this.followers.delete(arrived);
        return Promise.resolve();
      },
    };
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.followers.clear();
    return Promise.resolve();
  }
}
