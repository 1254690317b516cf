// Publishes what is in the event log, at least once and in order per key: what the log has not got is never published.
import { encode } from '../messaging/codec.js';
import { startLoop } from '../operations/loop.js';
import type {
  Background,
  BackgroundParts,
} from '../service/service-definition.js';
import type { Sql } from '../storage/database.js';
import type { Migration } from '../storage/migrate.js';
import type { EventLog, LogReader, LoggedEvent } from './event-log.js';

const batchSize = 500;
const pollMs = 200;
const checkpointName = 'published';

export const logRelayTables: Migration = {
  name: 'runtime/log-relay/1',
  statements: [
    `CREATE TABLE log_checkpoint (
      name text PRIMARY KEY,
      -- Null: everything is still to be read. Its form is the log's own matter.
      position text
    )`,
    `INSERT INTO log_checkpoint (name) VALUES ('${checkpointName}')`,
  ],
};

/** Publishes the events of these aggregates. Of all copies of a service one does at a time; the others stand by. */
export function logRelay(
  log: EventLog,
  aggregates: readonly string[],
): Background {
  return (parts) => {
    let reader: LogReader | null = null;
    const close = async (): Promise<void> => {
      await reader?.close();
      reader = null;
    };
    const readFrom = async (after: string | null): Promise<LogReader> => {
      if (reader !== null && reader.position === after) return reader;
      // Another copy has published on, or this is the first turn.
      await close();
      const arrived = (): void => loop.wake();
      reader = log.follow({ aggregates, after, arrived });
      return reader;
    };
    const loop = startLoop({
      name: `${parts.service} event log relay`,
      everyMs: pollMs,
      logger: parts.logger,
      turn: async () => {
        try {
          const { isAlone, count, error } = await relayOnce(parts, readFrom);
          if (!isAlone) await close();
          // With the broker away the loop backs off, and what was taken and not published is read again.
          if (error !== undefined) throw error;
          return count === batchSize;
        } catch (error) {
          await close();
          throw error;
        }
      },
    });
    return {
      wake: loop.wake,
      stop: async () => {
        await loop.stop();
        await close();
      },
    };
  };
}

interface Turn {
  /** False while another copy publishes. */
  readonly isAlone: boolean;
  readonly count: number;
  readonly error?: unknown;
}

/** Publishes one batch and moves the checkpoint. */
async function relayOnce(
  parts: BackgroundParts,
  readFrom: (after: string | null) => Promise<LogReader>,
): Promise<Turn> {
  // The transaction's lock is what keeps a second relay from overtaking; one batch bounds how long it lasts.
  return await parts.database.transaction(async (sql) => {
    const [lock] = await sql.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('log-relay:' || current_schema())) AS locked`,
    );
    if (lock?.locked !== true) return { isAlone: false, count: 0 };
    const [row] = await sql.query<{ position: string | null }>(
      'SELECT position FROM log_checkpoint WHERE name = $1',
      [checkpointName],
    );
    const before = row?.position ?? null;
    const reader = await readFrom(before);
    const batch = await reader.take(batchSize);
    const failed = await publishInLanes(parts, batch);
    if (failed === null) {
      if (reader.position !== before) await moveTo(sql, reader.position);
      return { isAlone: true, count: batch.length };
    }
    // Up to the first that failed; what was published behind it comes once more.
    const done = batch[batch.indexOf(failed.entry) - 1];
    if (done !== undefined) await moveTo(sql, done.position);
    return { isAlone: true, count: batch.length, error: failed.error };
  });
}

interface Failure {
  readonly entry: LoggedEvent;
  readonly error: unknown;
}

/** Stop and wait for each key; gives the earliest entry that could not be published. */
async function publishInLanes(
  parts: BackgroundParts,
  batch: readonly LoggedEvent[],
): Promise<Failure | null> {
  const lanes = new Map<string, LoggedEvent[]>();
  for (const entry of batch) {
    const { partitionkey: key } = entry.event;
    const name = key === undefined ? `at:${entry.position}` : `key:${key}`;
    const lane = lanes.get(name);
    if (lane === undefined) lanes.set(name, [entry]);
    else lane.push(entry);
  }
  const failures = await Promise.all(
    [...lanes.values()].map((lane) => publishLane(parts, lane)),
  );
  return (
    failures
      .filter((failure) => failure !== null)
      .toSorted(
        (left, right) => batch.indexOf(left.entry) - batch.indexOf(right.entry),
      )[0] ?? null
  );
}

async function publishLane(
  parts: BackgroundParts,
  lane: readonly LoggedEvent[],
): Promise<Failure | null> {
  for (const entry of lane) {
    const { type } = entry.event;
    try {
      await parts.bus.publish(encode(parts.contracts, entry.event));
      parts.metrics.count('messages_published_total', { type });
    } catch (error) {
      parts.metrics.count('publish_failures_total', { type });
      return { entry, error };
    }
  }
  return null;
}

async function moveTo(sql: Sql, position: string | null): Promise<void> {
  await sql.query('UPDATE log_checkpoint SET position = $2 WHERE name = $1', [
    checkpointName,
    position,
  ]);
}
