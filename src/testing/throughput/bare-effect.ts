// The effect of a message by node-postgres alone: its identity and its row in one transaction, so that it counts once.
import { openPool } from '../brokers/open-pool.ts';

/** Writes effects. */
export interface BareEffect {
  readonly apply: (source: string, id: string, key: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Size of the pool, as the generated code has it. */
export const connections = 10;

/** Connects and lays the tables. */
export async function bareEffect(databaseUrl: string): Promise<BareEffect> {
  const pool = openPool({
    connectionString: databaseUrl,
    max: connections,
    options: '-c search_path=bare',
  });
  await pool.query(
    `CREATE SCHEMA bare;
     CREATE TABLE bare.inbox (
       source text NOT NULL, message_id text NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (source, message_id)
     );
     CREATE INDEX ON bare.inbox (received_at);
     CREATE TABLE bare.effect (message_id text NOT NULL, order_id text NOT NULL)`,
  );
  return {
    apply: async (source, id, key) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rowCount } = await client.query(
          'INSERT INTO inbox (source, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
          [source, id],
        );
        if (rowCount === 1) await client.query(effectStatement, [id, key]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    close: async () => pool.end(),
  };
}

/** What the handlers of both sides do. */
export const effectStatement =
  'INSERT INTO effect (message_id, order_id) VALUES ($1, $2)';
