// The plan of a large model, made in two threads: most of the time of a large run goes into printing independent files.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Diagnostic, Outcome } from '../../core/diagnostic.ts';
import { assetPath } from '../../host/assets.ts';
import { loadFiles, loadTemplates } from '../../host/load-templates.ts';
import {
  holdFile,
  plannedHere,
  type HeldFile,
  type PlannedFile,
  type PlannedFiles,
} from '../../host/planned-files.ts';
import type { Model } from '../../model/model.ts';
import {
  joinShares,
  planShare,
  type PlanShare,
} from '../../pipeline/plan-artifacts.ts';
import { createRenderer } from '../../render/create-renderer.ts';
import type { Renderer } from '../../render/renderer.ts';
import { toolVersion } from '../version.ts';
import {
  planThread,
  type PlannedShare,
  type PlanThread,
} from './plan-thread.ts';
import { brokerOption } from './spec-input.ts';

/** What a thread needs to plan; plain data, so that it can be sent. */
export interface PlanOrder {
  readonly model: Model;
  readonly broker: string;
  readonly findings: readonly Diagnostic[];
  /** Folder of a user's templates; null for ours alone. */
  readonly templates: string | null;
  /** Names of targets; null for all. */
  readonly only: ReadonlySet<string> | null;
}

export interface ShareOrder extends PlanOrder {
  /** Whether this is the share of the other thread. */
  readonly isApart: boolean;
}

/** Targets planned by the other thread: about half of the work, and none of what is drawn. */
const apart: ReadonlySet<string> = new Set([
  'code',
  'kafka',
  'monitoring',
  'rabbitmq',
]);

/** Events from which a second thread saves more time than it takes to start. */
const largeModel = 250;

/** The nursery of the other thread: what is printed lives until it is written, and would be copied in a small one, MiB. */
const youngMb = 192;

export interface LargePlan {
  readonly outcome: Outcome<{ readonly artifacts: readonly PlannedFile[] }>;
  /** Who writes them; those of another thread first. */
  readonly shares: readonly PlannedFiles[];
  /** Ends the other thread. */
  readonly close: () => void;
}

/** Plans the files of a model. Throws: `HostError` for templates that cannot be read or are wrong. */
export async function planFiles(order: PlanOrder): Promise<LargePlan> {
  const isLarge =
    order.model.events.length >= largeModel && availableParallelism() > 1;
  const thread = isLarge ? startThread({ ...order, isApart: true }) : null;
  const close = (): void => thread?.close();
  try {
    const own = plannedShare(planShareOf({ ...order, isApart: false }));
    // What fails over there fails here too, with the message that belongs to it.
    const rest =
      (await thread?.planned()) ??
      plannedShare(planShareOf({ ...order, isApart: true }));
    return {
      outcome: joinShares(
        [own, rest].map(({ held, diagnostics }) => ({
          artifacts: held.files,
          diagnostics,
        })),
      ),
      shares: [rest.held, own.held],
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

const plannedShare = ({
  artifacts,
  diagnostics,
}: PlanShare<HeldFile>): PlannedShare => ({
  held: plannedHere(artifacts),
  diagnostics,
});

/** Plans one share in this thread. */
export function planShareOf(order: ShareOrder): PlanShare<HeldFile> {
  const broker = brokerOption(order.broker);
  if (broker === null) throw new Error('a plan without a broker');
  return planShare(
    order.model,
    {
      render: rendererFor(order.templates),
      broker,
      findings: order.findings,
      toolVersion,
    },
    (target) =>
      apart.has(target) === order.isApart &&
      (order.only === null || order.only.has(target)),
    holdFile,
  );
}

function startThread(order: ShareOrder): PlanThread | null {
  try {
    return planThread(
      new Worker(new URL('./plan-worker.js', import.meta.url), {
        workerData: order,
        resourceLimits: { maxYoungGenerationSizeMb: youngMb },
      }),
    );
  } catch {
    return null;
  }
}

const rendererFor = (overlay: string | null): Renderer =>
  createRenderer({
    templates: loadTemplates(assetPath('templates')),
    files: (folder) => loadFiles(assetPath(`templates/${folder}`)),
    ...(overlay !== null && {
      overlay: { folder: overlay, files: loadTemplates(overlay) },
    }),
  });
