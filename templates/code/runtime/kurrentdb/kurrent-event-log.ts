// An event log in KurrentDB, through its official client. Tested against a simulated server only.
import {
  BACKWARDS,
  END,
  FORWARDS,
  type JSONRecordedEvent,
  KurrentDBClient,
  NO_STREAM,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { ConcurrencyError } from '../consume/errors.js';
import type { EventLog, Following, LogReader } from '../event-log/event-log.js';
import type { Snapshot, StreamId } from '../event-sourcing/event-store.js';
import type { Envelope } from '../messaging/envelope.js';
import { KurrentReader } from './kurrent-reader.js';
import { aggregateOf, envelopeIn, snapshotIn } from './stored-event.js';

/** Connects to `kurrentdb://user:password@host:2113?tls=true`. */
export async function connectKurrent(url: string): Promise<EventLog> {
  const log = new KurrentEventLog(KurrentDBClient.connectionString(url));
  await log.check();
  return log;
}

/** One stream for each aggregate: `order-<id>`, so that the server's category projections work, too. */
export class KurrentEventLog implements EventLog {
  private readonly client: KurrentDBClient;

  constructor(client: KurrentDBClient) {
    this.client = client;
  }

  async append(
    stream: StreamId,
    events: readonly Envelope[],
    expectedVersion: number,
  ): Promise<number> {
    const version = expectedVersion + events.length;
    if (events.length === 0) return version;
    const written = events.map((event) =>
      jsonEvent({
        id: event.id,
        type: event.type,
        data: { ...event },
        metadata: {
          aggregate: stream.aggregate,
          // The names by which the server's own tools follow a conversation.
          $correlationId: event.correlationid,
          ...(event.causationid === undefined
            ? {}
            : { $causationId: event.causationid }),
        },
      }),
    );
    try {
      await this.client.appendToStream(streamName(stream), written, {
        // The revision is that of the last event, and the first event has 0.
        streamState:
          expectedVersion === 0 ? NO_STREAM : BigInt(expectedVersion - 1),
      });
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      if (await this.holds(stream, events, expectedVersion)) return version;
      throw new ConcurrencyError(
        `${stream.aggregate} ${stream.id} is not at version ${expectedVersion}`,
        { cause: error },
      );
    }
    return version;
  }

  async read(stream: StreamId, afterVersion = 0): Promise<readonly Envelope[]> {
    const found: Envelope[] = [];
    const events = this.client.readStream(streamName(stream), {
      fromRevision: BigInt(afterVersion),
      direction: FORWARDS,
    });
    try {
      for await (const { event } of events)
        if (event !== undefined) found.push(envelopeIn(event));
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return found;
  }

  async scan(
    aggregate: string,
    visit: (event: Envelope) => Promise<void>,
  ): Promise<void> {
    const events = this.client.readAll({
      fromPosition: START,
      direction: FORWARDS,
      filter: streamNameFilter({ prefixes: [prefixOf(aggregate)] }),
    });
    for await (const { event } of events)
      // The prefix of `order` is that of `order-item`, too.
      if (event !== undefined && aggregateOf(event) === aggregate)
        await visit(envelopeIn(event));
  }

  async loadSnapshot(stream: StreamId): Promise<Snapshot | null> {
    const events = this.client.readStream(snapshotStream(stream), {
      fromRevision: END,
      direction: BACKWARDS,
      maxCount: 1,
    });
    try {
      for await (const { event } of events)
        if (event !== undefined) return snapshotIn(event as JSONRecordedEvent);
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return null;
  }

  /** Two writers at once may leave the older one: more events are read after it then, and nothing is wrong. */
  async saveSnapshot(stream: StreamId, snapshot: Snapshot): Promise<void> {
    const held = await this.loadSnapshot(stream);
    if (held !== null && held.version > snapshot.version) return;
    const name = snapshotStream(stream);
    if (held === null)
      await this.client.setStreamMetadata(name, { maxCount: 1 });
    await this.client.appendToStream(
      name,
      jsonEvent({ type: 'snapshot', data: { ...snapshot } }),
    );
  }

  follow(what: Following): LogReader {
    const prefixes = what.aggregates.map(prefixOf);
    return new KurrentReader(this.client, prefixes, what);
  }

  async check(): Promise<void> {
    const events = this.client.readAll({
      fromPosition: END,
      direction: BACKWARDS,
      maxCount: 1,
    });
    await events.next();
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }

  private async holds(
    stream: StreamId,
    events: readonly Envelope[],
    expectedVersion: number,
  ): Promise<boolean> {
    const present = await this.read(stream, expectedVersion);
    return events.every((event, index) => present[index]?.id === event.id);
  }
}

function prefixOf(aggregate: string): string {
  return `${aggregate}-`;
}

function streamName({ aggregate, id }: StreamId): string {
  return prefixOf(aggregate) + id;
}

/** No aggregate's name begins with a capital. */
function snapshotStream(stream: StreamId): string {
  return `Snapshot-${streamName(stream)}`;
}
