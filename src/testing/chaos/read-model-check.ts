// Whether the read model is what the project's own command makes of the log.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import type { ChaosBroker } from './chaos-broker.ts';
import type { CheckResult } from './check.ts';
import { stopWatchingProjection } from './evidence-tables.ts';

const run = promisify(execFile);

/** Rebuilds the read model by `main.js rebuild orders` and compares each row with what it was before. */
export async function checkReadModel(setup: {
  readonly database: Pool;
  readonly databaseUrl: string;
  readonly folder: string;
  readonly broker: ChaosBroker;
}): Promise<CheckResult> {
  const { database, databaseUrl, folder, broker } = setup;
  await stopWatchingProjection(database);
  await database.query(
    'CREATE TABLE evidence.rows_before AS SELECT * FROM order_service.read_orders',
  );
  const login = broker.loginOf('order-service');
  await run(
    process.execPath,
    [
      join(folder, 'dist', 'main.js'),
      'rebuild',
      'orders',
      '--service',
      'order-service',
    ],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        BROKER: broker.kind,
        BROKER_URL: login.url,
        DATABASE_URL: databaseUrl,
        EFFECTS_URL: databaseUrl,
        ...login.environment,
      },
    },
  );
  const { rows } = await database.query<{ readonly example: string }>(
    `SELECT coalesce(before."orderId", after."orderId")::text AS example FROM evidence.rows_before AS before
     FULL JOIN order_service.read_orders AS after USING ("orderId")
     WHERE to_jsonb(before) IS DISTINCT FROM to_jsonb(after)`,
  );
  const { rows: all } = await database.query<{ readonly count: number }>(
    'SELECT count(*)::int AS count FROM order_service.read_orders',
  );
  return {
    name: 'read-model',
    says: 'the read model equals a rebuild from the log',
    looked: all[0]?.count ?? 0,
    wrong: rows.length,
    examples: rows.slice(0, 3).map(({ example }) => example),
  };
}
