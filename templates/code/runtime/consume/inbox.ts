// The inbox: each message takes effect once per group, because its identity commits with the effect.
import type { Envelope } from '../messaging/envelope.js';
import { startLoop } from '../operations/loop.js';
import type { Background } from '../service/service-definition.js';
import type { Sql } from '../storage/database.js';
import type { Migration } from '../storage/migrate.js';

export const inboxTables: Migration = {
  name: 'runtime/inbox/1',
  statements: [
    `CREATE TABLE inbox (
      consumer_group text NOT NULL,
      source text NOT NULL,
      message_id text NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (consumer_group, source, message_id)
    )`,
    'CREATE INDEX inbox_received ON inbox (received_at)',
  ],
};

/**
 * Records a message in the effect's own transaction; returns false when the group has already handled it.
 * A copy handling it right now makes this one wait for that outcome.
 */
export async function recordInInbox(
  sql: Sql,
  group: string,
  message: Envelope,
): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO inbox (consumer_group, source, message_id) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING message_id`,
    [group, message.source, message.id],
  );
  return rows.length === 1;
}

/**
 * Forgets messages received longer ago than this; returns how many. A duplicate older than the window would take
 * effect again: keep it longer than retention, the longest retry and the age of any dead letter still to be replayed.
 */
export async function pruneInbox(
  sql: Sql,
  keepSeconds: number,
): Promise<number> {
  const rows = await sql.query(
    `DELETE FROM inbox WHERE received_at < now() - make_interval(secs => $1) RETURNING message_id`,
    [keepSeconds],
  );
  return rows.length;
}

const pruneEveryMs = 3_600_000;

/** Forgets old messages every hour. */
export function inboxPruning(keepSeconds: number): Background {
  return ({ service, database, logger }) =>
    startLoop({
      name: `${service} inbox pruning`,
      everyMs: pruneEveryMs,
      logger,
      turn: async () => {
        await pruneInbox(database, keepSeconds);
        return false;
      },
    });
}
