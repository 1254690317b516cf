// A PostgreSQL server through node-postgres. One schema per service.
import pg from 'pg';
import { toError } from '../consume/errors.js';
import { type Database, type Row, type Sql, identifier } from './database.js';
import { beginWith } from './opening-query.js';

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
  // A connection that breaks must not end the process: the query under way fails, and the pool opens another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  await createSchema(pool, options.schema);
  return {
    query: (text, values, planName) => run(pool, text, values, planName),
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
  const transaction = new PgTransaction(client);
  let broken: Error | undefined;
  try {
    const result = await work(transaction);
    if (transaction.isBegun) await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = await transaction.rollBack();
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Begins with its first statement: what sends none costs nothing. */
class PgTransaction implements Sql {
  private readonly client: pg.PoolClient;

  isBegun = false;
  /** A plan whose preparation failed half-way may be taken for prepared: its connection is not used again. */
  private failedOpening: Error | undefined;

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  readonly query = async <R extends Row>(
    text: string,
    values: readonly unknown[] = [],
    planName?: string,
  ): Promise<readonly R[]> => {
    if (this.isBegun) return await run(this.client, text, values, planName);
    this.isBegun = true;
    if (values.length === 0) {
      await this.client.query('BEGIN');
      return await run(this.client, text, values, planName);
    }
    try {
      const { rows } = await beginWith<R>(this.client, {
        text,
        values: [...values],
        name: planName,
      });
      return rows;
    } catch (error) {
      if (planName !== undefined) this.failedOpening = toError(error);
      throw error;
    }
  };

  /** Returns why the connection is not to be used again; undefined when it is as good as new. */
  async rollBack(): Promise<Error | undefined> {
    if (!this.isBegun) return undefined;
    try {
      await this.client.query('ROLLBACK');
      return this.failedOpening;
    } catch (error) {
      return toError(error);
    }
  }
}

async function run<R extends Row>(
  target: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<readonly R[]> {
  const { rows } =
    name === undefined
      ? await target.query<R>(text, [...values])
      : await target.query<R>({ text, values: [...values], name });
  return rows;
}
