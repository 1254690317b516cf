// One check of the run: how much it looked at, and what is wrong.
import type { Pool } from 'pg';

/** Names of the checks; a run without a protection says which of them it must fail. */
export type CheckName =
  | 'orders-committed'
  | 'log-and-outbox'
  | 'outboxes-drained'
  | 'events-handled'
  | 'commands-handled'
  | 'natural-effects'
  | 'saga-inbox'
  | 'effects-once'
  | 'no-phantoms'
  | 'order-per-key'
  | 'projection-order'
  | 'sagas-ended'
  | 'outcomes-agree'
  | 'stock-balance'
  | 'payment-balance'
  | 'compensation-order'
  | 'poison-kept'
  | 'nothing-else-dead'
  | 'read-model'
  | 'status-of-log'
  | 'broker-drained'
  | 'faults-happened';

/** The outcome of one check. */
export interface CheckResult {
  readonly name: CheckName;
  readonly says: string;
  /** How many things were looked at; a check that saw nothing proves nothing and fails. */
  readonly looked: number;
  readonly wrong: number;
  /** A few of the wrong ones, for the reader. */
  readonly examples: readonly string[];
}

/** Tells whether a check holds. */
export const holds = ({ looked, wrong }: CheckResult): boolean =>
  looked > 0 && wrong === 0;

/** A check in SQL: `looked` counts, `wrong` lists as rows with one column `example`. */
export interface SqlCheck {
  readonly name: CheckName;
  readonly says: string;
  readonly looked: string;
  readonly wrong: string;
}

const shown = 3;

/** Carries a check out. */
export async function runSqlCheck(
  database: Pool,
  check: SqlCheck,
): Promise<CheckResult> {
  const looked = await database.query<{ readonly count: number }>(
    `SELECT count(*)::int AS count FROM (${check.looked}) AS looked`,
  );
  const wrong = await database.query<{ readonly example: string }>(check.wrong);
  return {
    name: check.name,
    says: check.says,
    looked: looked.rows[0]?.count ?? 0,
    wrong: wrong.rows.length,
    examples: wrong.rows.slice(0, shown).map(({ example }) => example),
  };
}

/** Prints the results as a table. */
export function tableOf(results: readonly CheckResult[]): string {
  const rows = results.map((result) => [
    holds(result) ? 'holds' : 'FAILS',
    result.says,
    String(result.looked),
    String(result.wrong),
  ]);
  const heads = ['', 'check', 'looked at', 'wrong'];
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at > 1 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`;
  return [
    line(heads),
    line(
      widths.map(
        (width, at) =>
          '-'.repeat(at > 1 ? width - 1 : width) + (at > 1 ? ':' : ''),
      ),
    ),
    ...rows.map(line),
    ...results.flatMap((result) =>
      result.examples.map((example) => `  ${result.name}: ${example}`),
    ),
  ].join('\n');
}
