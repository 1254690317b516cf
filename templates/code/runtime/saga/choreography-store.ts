// Where the steps of choreographed sagas stand in one service, on the caller's transaction.
import type { Sql } from '../storage/database.js';
import type { Migration } from '../storage/migrate.js';

export const choreographyTables: Migration = {
  name: 'runtime/choreography/1',
  statements: [
    `CREATE TABLE choreography_step (
      saga text NOT NULL,
      step text NOT NULL,
      id text NOT NULL,
      status text NOT NULL,
      correlation_id text NOT NULL,
      traceparent text,
      begun jsonb NOT NULL,
      done jsonb,
      due_at timestamptz,
      PRIMARY KEY (saga, step, id)
    )`,
    'CREATE INDEX choreography_step_due ON choreography_step (due_at) WHERE due_at IS NOT NULL',
  ],
};

/** Where a step stands: at work, ended in one of three ways, or undone after its success. */
export type StepStatus = 'begun' | 'done' | 'failed' | 'expired' | 'undone';

/** Names one step of one saga instance. */
export interface StepKey {
  readonly saga: string;
  readonly step: string;
  readonly id: string;
}

/** One step as stored. */
export interface StoredStep extends StepKey {
  readonly status: StepStatus;
  readonly correlationId: string;
  readonly traceparent: string | null;
  /** Payload of the message that began it. */
  readonly begun: unknown;
  /** Payload of its success, null before. */
  readonly done: unknown;
}

interface StepRow extends Readonly<Record<string, unknown>> {
  readonly status: StepStatus;
  readonly correlation_id: string;
  readonly traceparent: string | null;
  readonly begun: unknown;
  readonly done: unknown;
}

/** Stores that a step has begun; changes nothing when it is known. */
export async function beginStep(
  sql: Sql,
  step: Omit<StoredStep, 'status' | 'done'>,
  timeoutMs: number | null,
): Promise<void> {
  await sql.query(
    `INSERT INTO choreography_step (saga, step, id, status, correlation_id, traceparent, begun, due_at)
     VALUES ($1, $2, $3, 'begun', $4, $5, $6::text::jsonb, now() + make_interval(secs => $7::float8 / 1000))
     ON CONFLICT DO NOTHING`,
    [
      step.saga,
      step.step,
      step.id,
      step.correlationId,
      step.traceparent,
      JSON.stringify(step.begun),
      timeoutMs,
    ],
  );
}

/** Loads a step and locks it until the transaction ends. */
export async function lockStep(
  sql: Sql,
  { saga, step, id }: StepKey,
): Promise<StoredStep | null> {
  const [row] = await sql.query<StepRow>(
    `SELECT status, correlation_id, traceparent, begun, done FROM choreography_step
     WHERE saga = $1 AND step = $2 AND id = $3 FOR UPDATE`,
    [saga, step, id],
  );
  if (row === undefined) return null;
  const { status, traceparent, begun, done } = row;
  const correlationId = row.correlation_id;
  return { saga, step, id, status, correlationId, traceparent, begun, done };
}

/** Stores where a step stands now; one that is no longer at work has no timer. */
export async function moveStep(
  sql: Sql,
  key: StepKey,
  to: { readonly status: StepStatus; readonly done?: unknown },
): Promise<void> {
  await sql.query(
    `UPDATE choreography_step SET status = $4, due_at = NULL, done = coalesce($5::text::jsonb, done)
     WHERE saga = $1 AND step = $2 AND id = $3`,
    [
      key.saga,
      key.step,
      key.id,
      to.status,
      to.done === undefined ? null : JSON.stringify(to.done),
    ],
  );
}

/** Lists steps that have taken too long, the oldest first, without locking them. */
export async function dueSteps(
  sql: Sql,
  limit: number,
): Promise<readonly StepKey[]> {
  return await sql.query<{ saga: string; step: string; id: string }>(
    `SELECT saga, step, id FROM choreography_step WHERE due_at <= now()
     ORDER BY due_at LIMIT $1`,
    [limit],
  );
}
