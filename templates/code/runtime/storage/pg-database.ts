// A PostgreSQL server through node-postgres. One schema per service.
import pg from 'pg';
import { type Database, type Row, type Sql, identifier } from './database.js';

/** How to reach the server. */
export interface PgOptions {
  readonly url: string;
  readonly schema: string;
  readonly maxConnections: number;
}

/** Opens a pool on the service's schema, creating the schema when it is missing. */
export async function openPgDatabase(options: PgOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    // The schema is part of the connection, so that every statement and every prepared plan sees it.
    options: `-c search_path=${identifier(options.schema)}`,
    keepAlive: true,
  });
  // A connection that breaks while idle must not end the process: the next query opens another.
  pool.on('error', () => undefined);
  await createSchema(pool, options.schema);
  return {
    query: (text, values) => run(pool, text, values),
    transaction: (work) => transact(pool, work),
    close: () => pool.end(),
  };
}

async function createSchema(pool: pg.Pool, schema: string): Promise<void> {
  const found = await pool.query(
    'SELECT 1 FROM information_schema.schemata WHERE schema_name = $1',
    [schema],
  );
  if (found.rowCount === 0)
    await pool.query(`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`);
}

async function transact<T>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work({
      query: (text, values) => run(client, text, values),
    });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

async function run<R extends Row>(
  target: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly R[]> {
  const result = await target.query<R>(text, [...values]);
  return result.rows;
}
