// A thread that plans a share of the files of a large model, and writes it when it is told to.
import { parentPort, workerData } from 'node:worker_threads';
import {
  sharePlanner,
  type PlannerOptions,
} from './commands/generate/plan-share.ts';
import { answerOrders } from './commands/generate/plan-thread.ts';

// The options as they were given to the thread; plain data, which keeps its type on the way.
if (parentPort !== null)
  answerOrders(parentPort, sharePlanner(workerData as PlannerOptions));
