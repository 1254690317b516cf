// A service's part in sagas that nobody coordinates: it notes its steps as messages pass, undoes one when a later step
// failed, and tells when one took too long. What the service does in a step is its handlers' matter.
import type { BoundHandler } from '../consume/handler.js';
import { DomainError } from '../consume/errors.js';
import type { Envelope } from '../messaging/envelope.js';
import { type KeyPaths, keyOf } from '../messaging/key.js';
import { startLoop } from '../operations/loop.js';
import type {
  Background,
  BackgroundParts,
  Observer,
} from '../service/service-definition.js';
import type { UnitOfWork } from '../service/unit-of-work.js';
import {
  type StepKey,
  type StoredStep,
  beginStep,
  dueSteps,
  lockStep,
  moveStep,
} from './choreography-store.js';

const timerPollMs = 500;
const timerBatch = 50;

/** One step of a choreographed saga, as the service that takes it sees it. */
export interface ChoreographyStep<Begun = unknown, Done = unknown> {
  readonly saga: string;
  readonly step: string;
  /** The fields of the payload that identify the instance in every message of the saga. */
  readonly correlation: KeyPaths;
  /** The message that begins it, consumed or published here. */
  readonly begins: string;
  readonly succeeds: readonly string[];
  readonly fails: readonly string[];
  readonly timeoutMs: number | null;
  /** Tells that it took too long. */
  readonly expire:
    ((unit: UnitOfWork, id: string, begun: Begun) => Promise<void>) | null;
  /** The messages that ask to undo it. */
  readonly undoneBy: readonly string[];
  readonly undo:
    | ((
        unit: UnitOfWork,
        id: string,
        history: { readonly begun: Begun; readonly done: Done },
      ) => Promise<void>)
    | null;
}

/** A service's steps in all its sagas. */
export type Choreography = readonly ChoreographyStep[];

/** Forgets the payload types of a step; it is handed back only what validated messages of those types brought. */
export function choreographyStep<Begun, Done>(
  step: ChoreographyStep<Begun, Done>,
): ChoreographyStep {
  return step as unknown as ChoreographyStep;
}

/** Notes the messages that the service consumes. */
export function choreographyReaction(steps: Choreography): BoundHandler {
  return (message, unit) => note(steps, unit, message);
}

/** Notes the messages that the service publishes, in the transaction that publishes them. */
export function choreographyObserver(steps: Choreography): Observer {
  return (unit, message) => note(steps, unit, message);
}

/** Ends the steps that took too long. */
export function choreographyTimers(steps: Choreography): Background {
  return (parts) =>
    startLoop({
      name: `${parts.service} choreography timers`,
      everyMs: timerPollMs,
      logger: parts.logger,
      turn: async () => {
        for (const due of await dueSteps(parts.database, timerBatch)) {
          // One step that cannot end must not keep the others waiting; its timer stays due.
          await fire(parts, steps, due).catch((error: unknown) => {
            const fields = { ...due, error: String(error) };
            parts.logger.error('a step could not be ended', fields);
          });
        }
        return false;
      },
    });
}

async function note(
  steps: Choreography,
  unit: UnitOfWork,
  message: Envelope,
): Promise<void> {
  for (const step of steps) {
    if (!isOf(step, message.type)) continue;
    const id = keyOf(message.data, step.correlation);
    const key = { ...stepKeyOf(step), id };
    if (message.type === step.begins) await begin(step, unit, key, message);
    if (step.succeeds.includes(message.type))
      await succeed(step, unit, key, message);
    if (step.fails.includes(message.type)) await fail(unit, key);
    if (step.undoneBy.includes(message.type)) await undo(step, unit, key);
  }
}

/** Whether a message says anything of a step; any other need not have its correlation. */
function isOf(step: ChoreographyStep, type: string): boolean {
  return (
    type === step.begins ||
    step.succeeds.includes(type) ||
    step.fails.includes(type) ||
    step.undoneBy.includes(type)
  );
}

async function begin(
  step: ChoreographyStep,
  unit: UnitOfWork,
  key: StepKey,
  message: Envelope,
): Promise<void> {
  const begun = {
    ...key,
    correlationId: message.correlationid,
    traceparent: message.traceparent ?? null,
    begun: message.data,
  };
  await beginStep(unit.sql, begun, step.timeoutMs);
}

async function succeed(
  step: ChoreographyStep,
  unit: UnitOfWork,
  key: StepKey,
  message: Envelope,
): Promise<void> {
  const held = await lockStep(unit.sql, key);
  if (held === null || held.status === 'done' || held.status === 'undone')
    return;
  const done = { ...held, done: message.data };
  await moveStep(unit.sql, key, { status: 'done', done: message.data });
  // The others were told that it failed: a success that comes later is undone at once.
  if (held.status !== 'begun') await undoNow(step, unit, done);
}

async function fail(unit: UnitOfWork, key: StepKey): Promise<void> {
  const held = await lockStep(unit.sql, key);
  if (held?.status === 'begun')
    await moveStep(unit.sql, key, { status: 'failed' });
}

async function undo(
  step: ChoreographyStep,
  unit: UnitOfWork,
  key: StepKey,
): Promise<void> {
  const held = await lockStep(unit.sql, key);
  if (held?.status === 'done') await undoNow(step, unit, held);
}

async function undoNow(
  step: ChoreographyStep,
  unit: UnitOfWork,
  held: StoredStep,
): Promise<void> {
  if (step.undo === null) return;
  await moveStep(unit.sql, held, { status: 'undone' });
  const { begun, done } = held;
  await ignoringRefusal(step.undo(unit, held.id, { begun, done }));
}

async function fire(
  parts: BackgroundParts,
  steps: Choreography,
  due: StepKey,
): Promise<void> {
  const step = steps.find(
    ({ saga, step: name }) => saga === due.saga && name === due.step,
  );
  const [row] = await parts.database.query<{
    correlation_id: string;
    traceparent: string | null;
  }>(
    `SELECT correlation_id, traceparent FROM choreography_step
     WHERE saga = $1 AND step = $2 AND id = $3`,
    [due.saga, due.step, due.id],
  );
  const cause = {
    correlationId: row?.correlation_id ?? due.id,
    causationId: null,
    traceparent: row?.traceparent ?? null,
  };
  await parts.transact(cause, async (unit) => {
    const held = await lockStep(unit.sql, due);
    if (held?.status !== 'begun') return;
    await moveStep(unit.sql, due, { status: 'expired' });
    await ignoringRefusal(step?.expire?.(unit, due.id, held.begun));
  });
}

/** A business rule that refuses says that what was to be done has been done, or no longer may. */
async function ignoringRefusal(work: Promise<void> | undefined): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

function stepKeyOf({ saga, step }: ChoreographyStep): Omit<StepKey, 'id'> {
  return { saga, step };
}
