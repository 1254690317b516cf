// Plans a share of the files of a model, in whichever thread it is asked to.
import type { Diagnostic } from '../../../core/diagnostic.ts';
import { assetPath } from '../../../host/assets.ts';
import { loadFiles, loadTemplates } from '../../../host/load-templates.ts';
import { holdFile, type HeldFile } from '../../../host/planned-files.ts';
import type { Model } from '../../../model/model.ts';
import type { PlanShare } from '../../../pipeline/join-shares.ts';
import { planShare } from '../../../pipeline/plan-artifacts.ts';
import { createRenderer } from '../../../render/create-renderer.ts';
import { toolVersion } from '../../version.ts';
import { brokerOption } from '../../broker-option.ts';
import { isOf, type Share } from './shares.ts';

/** What is needed to plan; plain data, so that it can be sent to a thread. */
export interface PlanOrder {
  readonly model: Model;
  readonly broker: string;
  readonly findings: readonly Diagnostic[];
  /** Names of targets; null for all. */
  readonly only: ReadonlySet<string> | null;
}

/** What a planner knows before there is a model; plain data. */
export interface PlannerOptions {
  /** Folder of a user's templates; null for ours alone. */
  readonly templates: string | null;
  readonly share: Share;
}

export type SharePlanner = (order: PlanOrder) => PlanShare<HeldFile>;

/** Makes a planner. Throws, and what it gives throws: `HostError` for templates that cannot be read or are wrong. */
export function sharePlanner({
  templates,
  share,
}: PlannerOptions): SharePlanner {
  const render = rendererFor(templates);
  return ({ model, broker: name, findings, only }) => {
    const broker = brokerOption(name);
    if (broker === null) throw new Error('a plan without a broker');
    return planShare(
      model,
      { render, broker, findings, toolVersion },
      (target) => isOf(share, target) && (only === null || only.has(target)),
      holdFile,
    );
  };
}

const rendererFor = (
  overlay: string | null,
): ReturnType<typeof createRenderer> =>
  createRenderer({
    templates: loadTemplates(assetPath('templates')),
    files: (folder) => loadFiles(assetPath(`templates/${folder}`)),
    ...(overlay !== null && {
      overlay: { folder: overlay, files: loadTemplates(overlay) },
    }),
  });
