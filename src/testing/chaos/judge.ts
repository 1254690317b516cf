// All checks of a run.
import type { Pool } from 'pg';
import type { ChaosBroker } from './chaos-broker.ts';
import { type CheckResult, runSqlCheck } from './check.ts';
import type { CustomerReport } from './customers.ts';
import {
  deadLetterChecks,
  expectedLetters,
  layPoisonTable,
} from './dead-letter-checks.ts';
import type { Garbage } from './double-deliveries.ts';
import type { FaultReport } from './faults.ts';
import type { PlannedOrder } from './planned-orders.ts';
import { checkReadModel } from './read-model-check.ts';
import { sqlChecks } from './sql-checks.ts';

/** What is judged. */
export interface Evidence {
  readonly database: Pool;
  readonly databaseUrl: string;
  readonly folder: string;
  readonly broker: ChaosBroker;
  readonly orders: readonly PlannedOrder[];
  readonly customers: CustomerReport;
  readonly faults: FaultReport;
  readonly garbage: readonly Garbage[];
  /** Messages that were published a second time. */
  readonly copies: number;
}

/** Makes every check, also when one before it fails. */
export async function judge(
  evidence: Evidence,
): Promise<readonly CheckResult[]> {
  const { database, broker, orders, garbage } = evidence;
  await layPlacedTable(database, evidence.customers);
  await layPoisonTable(database, orders);
  await database.query('ANALYZE');
  const results: CheckResult[] = [];
  for (const check of sqlChecks)
    results.push(await runSqlCheck(database, check));
  const letters = await broker.deadLetters();
  const expected = await expectedLetters(database, orders, garbage);
  return [
    ...results,
    await checkReadModel(evidence),
    ...deadLetterChecks(letters, expected),
    await brokerDrained(broker),
    faultsHappened(evidence),
  ];
}

async function layPlacedTable(
  database: Pool,
  { acknowledged }: CustomerReport,
): Promise<void> {
  await database.query('CREATE TABLE evidence.placed (id text PRIMARY KEY)');
  await database.query(
    'INSERT INTO evidence.placed SELECT unnest($1::text[])',
    [acknowledged],
  );
}

async function brokerDrained(broker: ChaosBroker): Promise<CheckResult> {
  const left = await broker.backlog();
  return {
    name: 'broker-drained',
    says: 'the broker has nothing left to deliver',
    looked: 1,
    wrong: left,
    examples: [],
  };
}

/** A run in which nothing broke proves nothing. */
function faultsHappened({ faults, copies }: Evidence): CheckResult {
  const done = [
    faults.killedProcesses,
    faults.brokerRestarts,
    faults.brokerDeaths,
    copies,
  ];
  return {
    name: 'faults-happened',
    says: 'processes and the broker died, and messages came twice',
    looked: done.reduce((sum, count) => sum + count, 0),
    wrong: done.filter((count) => count === 0).length,
    examples: [],
  };
}
