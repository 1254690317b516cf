// The plan of a model; that of a large one is made in two threads, this one and another: most of the time of a large run
// goes into printing files that have nothing to do with each other.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../../core/diagnostic.ts';
import { setEngineForLargeRun } from '../../../host/engine-flags.ts';
import {
  plannedHere,
  type PlannedFile,
  type PlannedFiles,
} from '../../../host/planned-files.ts';
import { joinShares } from '../../../pipeline/join-shares.ts';
import type { PlannerOptions, PlanOrder } from './plan-share.ts';
import { isOf } from './shares.ts';
import {
  planThread,
  type PlannedShare,
  type PlanThread,
} from './plan-thread.ts';

/** Events from which a thread saves more time than it takes to start. */
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
  /** Has the other thread, where there is one, begin with a model whose findings are not known yet. */
  readonly begin: (order: Omit<PlanOrder, 'findings'>) => void;
  /** Plans the files of the model. Throws: `HostError` for templates that cannot be read or are wrong. */
  readonly plan: (order: PlanOrder) => Promise<MadePlan>;
  /** Ends what was started for it. */
  readonly close: () => void;
}

/** Prepares for a plan from a spec of so many bytes: for a large one a thread starts, so that it is ready when it has been checked. */
export function startPlanning(choices: PlanChoices, bytes: number): Planning {
  const { templates } = choices;
  let thread: PlanThread | null = null;
  let begun: Promise<PlannedShare | null> | null = null;
  const start = (): PlanThread | null => (thread ??= startThread(choices));
  if (bytes >= largeSpec) start();
  const begin: Planning['begin'] = (order) => {
    const isLarge = order.model.events.length >= largeModel;
    const other = isLarge ? start() : thread;
    begun ??= other?.plan({ ...order, findings: [] }) ?? null;
  };
  return {
    begin,
    plan: async (order) => {
      begin(order);
      if (begun === null)
        return joined([await planHere({ templates, share: 'all' }, order)]);
      const share = await planHere({ templates, share: 'here' }, order);
      // What fails over there fails here too, with the message that belongs to it.
      const otherShare =
        (await begun) ?? (await planHere({ templates, share: 'there' }, order));
      return joined([otherShare, share]);
    },
    close: () => thread?.close(),
  };
}

/** Starts the thread for its half; none where a half has nothing to do or there is only one processor. */
function startThread({ templates, only }: PlanChoices): PlanThread | null {
  setEngineForLargeRun();
  const isHalved =
    only === null ||
    (['here', 'there'] as const).every((share) =>
      [...only].some((target) => isOf(share, target)),
    );
  if (!isHalved || availableParallelism() < 2) return null;
  const options: PlannerOptions = { templates, share: 'there' };
  return planThread(
    new Worker(new URL('./plan-worker.js', import.meta.url), {
      workerData: options,
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    }),
  );
}

async function planHere(
  options: PlannerOptions,
  order: PlanOrder,
): Promise<PlannedShare> {
  // Loaded only now: while a large spec is checked, the other thread uses the time.
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
