// The planning half of the pipeline: model to the files that it yields, as a value.
import type { Artifact, Plan } from '../core/artifact.ts';
import type { Diagnostic, Outcome } from '../core/diagnostic.ts';
import { lazy } from '../core/lazy.ts';
import { planDiagrams } from '../diagrams/plan-diagrams.ts';
import type { Model } from '../model/model.ts';
import { targets } from '../targets/index.ts';
import type { EmitContext } from '../targets/target.ts';
import { planDiagnostics } from './diagnostics.ts';
import { joinShares, type PlanShare } from './join-shares.ts';
import type { PlacedFile } from './keep-one-per-path.ts';

/** Asks every chosen target for its files. `only`: names of targets; null for all. Reports: plan/no-code, plan/path-conflict. */
export function planArtifacts(
  model: Model,
  context: EmitContext,
  only: ReadonlySet<string> | null,
): Outcome<Plan> {
  return joinShares([
    planShare(
      model,
      context,
      (target) => only === null || only.has(target),
      (artifact) => artifact,
    ),
  ]);
}

/** Asks the targets of the names that are chosen for their files; `keep` gets each as it is made, and gives what is held of it. */
export function planShare<F extends PlacedFile>(
  model: Model,
  context: EmitContext,
  isChosen: (target: string) => boolean,
  keep: (artifact: Artifact) => F,
): PlanShare<F> {
  const shared: EmitContext = {
    ...context,
    diagrams: lazy(() => planDiagrams(model, context.render)),
  };
  const artifacts: F[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const target of targets) {
    if (!isChosen(target.name) || !target.appliesTo(model)) continue;
    const reason = target.refuses?.(model) ?? null;
    if (reason === null) {
      for (const artifact of target.emit(model, shared))
        artifacts.push(keep(artifact));
    } else {
      diagnostics.push(
        planDiagnostics.make(
          'no-code',
          { pointer: model.eventStore.origin },
          { reason },
        ),
      );
    }
  }
  return { artifacts, diagnostics };
}
