// Both ends of the talk with the thread that plans a share of a large plan: it keeps the texts of its files, tells what they
// are compared by, and writes them when it is told to.
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { HostError } from '../../core/host.ts';
import { outputFolder } from '../../host/output-folder.ts';
import {
  factsOf,
  writeFiles,
  type HeldFile,
  type PlannedFile,
  type PlannedFiles,
  type WriteOrder,
} from '../../host/planned-files.ts';
import type { PlanShare } from '../../pipeline/plan-artifacts.ts';

/** A share of a plan, with whoever holds its files. */
export interface PlannedShare {
  readonly held: PlannedFiles;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PlanThread {
  /** Waits for the share; null when the thread failed. */
  readonly planned: () => Promise<PlannedShare | null>;
  readonly close: () => void;
}

/** What the thread tells first. */
export interface ToldShare {
  readonly files: readonly PlannedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ToldOrder extends WriteOrder {
  readonly folder: string;
}

interface Written {
  /** The message of a `HostError`; null when all is written. */
  readonly failure: string | null;
}

/** Answers, in the thread: first with the share, then to the order to write it. */
export function answerFor(port: MessagePort, share: PlanShare<HeldFile>): void {
  const { artifacts, diagnostics } = share;
  port.on('message', (order: ToldOrder) =>
    port.postMessage(written(order, artifacts)),
  );
  const told: ToldShare = { files: factsOf(artifacts), diagnostics };
  port.postMessage(told);
}

function written(
  { folder, ...order }: ToldOrder,
  artifacts: readonly HeldFile[],
): Written {
  try {
    writeFiles(outputFolder(folder), artifacts, order);
    return { failure: null };
  } catch (error) {
    if (error instanceof HostError) return { failure: error.message };
    throw error;
  }
}

/** Talks to a thread that was started to plan a share. It keeps the process alive only while an answer is awaited. */
export function planThread(worker: Worker): PlanThread {
  const end = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread has ended')));
  });
  // Told to whoever waits for an answer, and to nobody when the thread is closed.
  end.catch(() => null);
  const answer = async <T>(): Promise<T> =>
    Promise.race([
      new Promise<T>((resolve) => worker.once('message', resolve)),
      end,
    ]);
  // Listened for at once: the share may come while this thread is still busy.
  const first = answer<ToldShare>().catch(() => null);
  const write: PlannedFiles['write'] = async ({ path: folder }, what) => {
    worker.ref();
    const order: ToldOrder = { folder, ...what };
    worker.postMessage(order);
    const { failure } = await answer<Written>();
    worker.unref();
    if (failure !== null) throw new HostError(failure);
  };
  return {
    planned: async () => {
      const told = await first;
      worker.unref();
      if (told === null) return null;
      const { files, diagnostics } = told;
      return { held: { files, write }, diagnostics };
    },
    close: () => void worker.terminate(),
  };
}
