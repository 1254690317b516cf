// The thread that plans a share of the files of a large model, and writes it when it is told to.
import { parentPort, workerData } from 'node:worker_threads';
import { planShareOf, type ShareOrder } from './commands/plan-large.ts';
import { answerFor } from './commands/plan-thread.ts';

// The order as it was given to the thread; plain data, which keeps its type on the way.
if (parentPort !== null)
  answerFor(parentPort, planShareOf(workerData as ShareOrder));
