// Waits until a run has come to rest: everything done, or nothing moving any more.
import type { Pool } from 'pg';
import { sleep } from '../brokers/wait-until.ts';
import type { ChaosBroker } from './chaos-broker.ts';
import { readProgress } from './evidence-tables.ts';

/** Drained and still for so long: what has not happened by now has been lost. */
const quietMs = 12_000;
const pollMs = 1000;

/** Waits; it is the checks that say whether the rest is a good one. */
export async function settle(setup: {
  readonly database: Pool;
  readonly broker: ChaosBroker;
  /** Whether the customers have nothing left to ask for. */
  readonly isPlaced: () => boolean;
}): Promise<void> {
  const { database, broker, isPlaced } = setup;
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const progress = await readProgress(database);
    const backlog = await broker.backlog().catch(() => null);
    const dead = await broker.countDeadLetters().catch(() => null);
    const signature = `${progress.signature} ${String(backlog)} ${String(dead)}`;
    if (signature !== last) {
      last = signature;
      changedAt = performance.now();
    }
    const stillMs = performance.now() - changedAt;
    const isDrained = backlog === 0 && progress.pending === 0;
    const isDone = isDrained && progress.running === 0 && isPlaced();
    // Done needs a moment, too: what a consumer holds is in no count.
    if (isDone && stillMs > quietMs / 3) return;
    if (isDrained && stillMs > quietMs) return;
    // Still with work left: something is stuck.
    if (stillMs > broker.patienceMs) return;
    await sleep(pollMs);
  }
}
