// The tables that handlers of the run leave their effects in, and the views that the checks read.
import type { Pool } from 'pg';

const effectTable = `effect (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  consumer_group text NOT NULL,
  message_id text NOT NULL,
  type text NOT NULL,
  message_key text,
  version int
)`;

const servicesWithEffects = [
  'inventory_service',
  'payment_service',
  'notification_service',
  'audit_service',
] as const;

const servicesWithOutbox = [
  'order_service',
  'inventory_service',
  'payment_service',
] as const;

/** Lays what the handlers write to, before any service starts. */
export async function layEvidenceTables(database: Pool): Promise<void> {
  for (const schema of servicesWithEffects) {
    await database.query(`CREATE SCHEMA ${schema}`);
    await database.query(`CREATE TABLE ${schema}.${effectTable}`);
  }
  await database.query(
    `CREATE TABLE inventory_service.stock_move (order_id text NOT NULL, kind text NOT NULL, quantity int NOT NULL);
     CREATE INDEX ON inventory_service.stock_move (order_id);
     CREATE TABLE payment_service.payment_move (order_id text NOT NULL, kind text NOT NULL, amount bigint NOT NULL);
     CREATE INDEX ON payment_service.payment_move (order_id);
     CREATE SCHEMA natural_effects;
     CREATE TABLE natural_effects.effect (
       consumer_group text NOT NULL, message_id text NOT NULL, type text NOT NULL, message_key text,
       handled int NOT NULL DEFAULT 1, PRIMARY KEY (consumer_group, message_id)
     )`,
  );
}

const union = (parts: readonly string[]): string => parts.join(' UNION ALL ');

/** Lays the views over the services' own tables, once their migrations have run, and watches the projection. */
export async function layEvidenceViews(database: Pool): Promise<void> {
  const messages = servicesWithOutbox.map(
    (schema) =>
      `SELECT '${schema}' AS service, position, message ->> 'id' AS id, message ->> 'routingKey' AS type,
              message ->> 'key' AS key, published_at, message FROM ${schema}.outbox`,
  );
  const effects = servicesWithEffects.map(
    (schema) =>
      `SELECT consumer_group, message_id, type, message_key, version, position FROM ${schema}.effect`,
  );
  await database.query(
    `CREATE SCHEMA evidence;
     CREATE VIEW evidence.message AS ${union(messages)};
     CREATE VIEW evidence.effect AS ${union(effects)};
     CREATE VIEW evidence.event AS
       SELECT event_id AS id, event ->> 'type' AS type, stream_id AS key, version FROM order_service.event_log;
     CREATE TABLE evidence.projected (
       position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subject text NOT NULL, version int NOT NULL
     );
     CREATE FUNCTION evidence.note_projected() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         INSERT INTO evidence.projected (subject, version) VALUES (NEW.subject, NEW.version);
         RETURN NEW;
       END $$;
     CREATE TRIGGER note_projected AFTER INSERT OR UPDATE ON order_service.projection_checkpoint
       FOR EACH ROW EXECUTE FUNCTION evidence.note_projected()`,
  );
}

/** Stops watching: a rebuild writes the same table. */
export async function stopWatchingProjection(database: Pool): Promise<void> {
  await database.query(
    'DROP TRIGGER note_projected ON order_service.projection_checkpoint',
  );
}

/** How far the run is. */
export interface Progress {
  readonly ended: number;
  readonly running: number;
  readonly pending: number;
  /** Changes whenever anything happens. */
  readonly signature: string;
}

/** Reads how far the run is. */
export async function readProgress(database: Pool): Promise<Progress> {
  const { rows } = await database.query<Progress>(
    `SELECT (SELECT count(*)::int FROM order_service.saga_instance WHERE status <> 'running') AS ended,
            (SELECT count(*)::int FROM order_service.saga_instance WHERE status = 'running') AS running,
            (SELECT count(*)::int FROM evidence.message WHERE published_at IS NULL) AS pending,
            concat_ws(' ',
              (SELECT count(*) FROM evidence.message WHERE published_at IS NOT NULL),
              (SELECT count(*) FROM evidence.effect), (SELECT count(*) FROM evidence.projected),
              (SELECT count(*) FROM order_service.inbox), (SELECT count(*) FROM natural_effects.effect)
            ) AS signature`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a query without FROM gives one row');
  return {
    ...row,
    signature: `${row.signature} ${String(row.ended)} ${String(row.running)}`,
  };
}
