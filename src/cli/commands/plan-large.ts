// The plan of a model; that of a large one is made in two threads: most of the time of a large run goes into printing files
// that have nothing to do with each other.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../core/diagnostic.ts';
import { setEngineForLargeRun } from '../../host/engine-flags.ts';
import {
  plannedHere,
  type PlannedFile,
  type PlannedFiles,
} from '../../host/planned-files.ts';
import { joinShares } from '../../pipeline/join-shares.ts';
import type { PlannerOptions, PlanOrder } from './plan-share.ts';
import {
  packOrder,
  planThread,
  type PlannedShare,
  type PlanThread,
} from './plan-thread.ts';

/** Targets of the two threads, of a system on either broker: each about half of the work. */
export const halves: readonly ReadonlySet<string>[] = [
  new Set(['code', 'document', 'kafka', 'rabbitmq']),
  new Set(['asyncapi', 'diagrams', 'event-schemas', 'monitoring']),
];

/** Events from which threads save more time than they take to start. */
const largeModel = 250;
/** Size of a spec from which it likely has as many, bytes. */
const largeSpec = 60_000;

/** The nursery of a thread, MiB: a larger one saves as much collecting as it costs to give back in the end. */
const youngMb = 96;

/** What is chosen before there is a model. */
export interface PlanChoices {
  /** Folder of a user's templates; null for ours alone. */
  readonly templates: string | null;
  /** Names of targets; null for all. */
  readonly only: ReadonlySet<string> | null;
}

export interface MadePlan {
  readonly outcome: Outcome<{ readonly artifacts: readonly PlannedFile[] }>;
  /** Who writes them. */
  readonly shares: readonly PlannedFiles[];
}

/** A plan that is going to be made. */
export interface Planning {
  /** Plans the files of a model. Throws: `HostError` for templates that cannot be read or are wrong. */
  readonly plan: (order: PlanOrder) => Promise<MadePlan>;
  /** Ends what was started for it. */
  readonly close: () => void;
}

/** A thread with the targets of its share. */
interface Planner {
  readonly options: PlannerOptions;
  readonly thread: PlanThread;
}

/** Prepares for a plan from a spec of so many bytes: for a large one threads start, so that they are ready when it has been checked. */
export function startPlanning(choices: PlanChoices, bytes: number): Planning {
  let planners: readonly Planner[] = [];
  const start = (): void => {
    if (planners.length === 0) planners = startPlanners(choices);
  };
  if (bytes >= largeSpec) start();
  return {
    plan: async (order) => {
      if (order.model.events.length >= largeModel) start();
      const { templates } = choices;
      const all = { templates, targets: null };
      if (planners.length === 0) return joined([await planHere(all, order)]);
      const packed = packOrder(order);
      return joined(
        await Promise.all(
          planners.map(
            async ({ options, thread }) =>
              // What fails over there fails here too, with the message that belongs to it.
              (await thread.plan(packed)) ?? (await planHere(options, order)),
          ),
        ),
      );
    },
    close: () => planners.forEach(({ thread }) => thread.close()),
  };
}

/** Starts the threads that have anything to do; none where there is only one processor. */
function startPlanners({ templates, only }: PlanChoices): readonly Planner[] {
  setEngineForLargeRun();
  if (availableParallelism() < 2) return [];
  return halves
    .filter(
      (targets) =>
        only === null || [...targets].some((target) => only.has(target)),
    )
    .map((targets) => {
      const options: PlannerOptions = { templates, targets };
      const worker = new Worker(new URL('./plan-worker.js', import.meta.url), {
        workerData: options,
        resourceLimits: { maxYoungGenerationSizeMb: youngMb },
      });
      return { options, thread: planThread(worker) };
    });
}

async function planHere(
  options: PlannerOptions,
  order: PlanOrder,
): Promise<PlannedShare> {
  // Only here: in a large run the threads alone need what plans.
  const { sharePlanner } = await import('./plan-share.ts');
  const { artifacts, diagnostics } = sharePlanner(options)(order);
  return { held: plannedHere(artifacts), diagnostics };
}

function joined(shares: readonly PlannedShare[]): MadePlan {
  return {
    outcome: joinShares(
      shares.map(({ held, diagnostics }) => ({
        artifacts: held.files,
        diagnostics,
      })),
    ),
    shares: shares.map(({ held }) => held),
  };
}
