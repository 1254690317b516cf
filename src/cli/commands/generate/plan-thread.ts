// Both ends of the talk with a thread that plans a share of a large plan: it keeps the texts of its files, tells what they
// are compared by, and writes them when it is told to.
import type { MessagePort, Worker } from 'node:worker_threads';
import type { Diagnostic } from '../../../core/diagnostic.ts';
import { HostError } from '../../../core/host.ts';
import { outputFolder } from '../../../host/output-folder.ts';
import {
  factsOf,
  prepareFiles,
  type HeldFile,
  type PlannedFile,
  type PlannedFiles,
  type WriteOrder,
} from '../../../host/planned-files.ts';
import type { PlanOrder, SharePlanner } from './plan-share.ts';

/** A share of a plan, with whoever holds its files. */
export interface PlannedShare {
  readonly held: PlannedFiles;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PlanThread {
  /** Has the share planned; null when the thread failed. */
  readonly plan: (order: PlanOrder) => Promise<PlannedShare | null>;
  readonly close: () => void;
}

/** What the thread is told: to plan, to prepare for writing, then to write. */
type Order =
  | { readonly plan: PlanOrder }
  | { readonly prepare: WriteOrder; readonly folder: string }
  | { readonly write: true };

/** What the thread answers to the order to plan. */
interface ToldShare {
  readonly files: readonly PlannedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What it answers to the orders to prepare and to write. */
interface Done {
  /** The message of a `HostError`; null when all is written. */
  readonly failure: string | null;
}

/** Answers, in the thread; having written, it ends. */
export function answerOrders(port: MessagePort, plan: SharePlanner): void {
  let held: readonly HeldFile[] = [];
  let write = (): void => {};
  const answers = {
    plan: (order: PlanOrder): ToldShare => {
      const { artifacts, diagnostics } = plan(order);
      held = artifacts;
      return { files: factsOf(artifacts), diagnostics };
    },
    prepare: (folder: string, order: WriteOrder): Done =>
      done(() => {
        write = prepareFiles(outputFolder(folder), held, order);
      }),
    write: (): Done => done(write),
  };
  port.on('message', (order: Order) => {
    if ('plan' in order) port.postMessage(answers.plan(order.plan));
    else if ('prepare' in order)
      port.postMessage(answers.prepare(order.folder, order.prepare));
    else {
      port.postMessage(answers.write());
      // Its memory is given back while others still write.
      port.close();
    }
  });
}

function done(work: () => void): Done {
  try {
    work();
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
  worker.unref();
  const ask = async <T>(order: Order): Promise<T> => {
    worker.ref();
    const answer = new Promise<T>((resolve) => worker.once('message', resolve));
    worker.postMessage(order);
    try {
      return await Promise.race([answer, end]);
    } finally {
      worker.unref();
    }
  };
  const have = async (order: Order): Promise<void> => {
    const { failure } = await ask<Done>(order);
    if (failure !== null) throw new HostError(failure);
  };
  const prepare: PlannedFiles['prepare'] = async ({ path: folder }, order) => {
    await have({ prepare: order, folder });
    return { write: () => have({ write: true }) };
  };
  return {
    plan: async (order) => {
      const told = await ask<ToldShare>({ plan: order }).catch(() => null);
      if (told === null) return null;
      const { files, diagnostics } = told;
      return { held: { files, prepare }, diagnostics };
    },
    close: () => void worker.terminate(),
  };
}
