// Shares of a plan to one plan; knows no target.
import { byCodeUnit, type Artifact } from '../core/artifact.ts';
import type { Diagnostic, Outcome } from '../core/diagnostic.ts';
import { keepOnePerPath, type PlacedFile } from './keep-one-per-path.ts';

/** What some of the targets yield, before it is put together with the rest. */
export interface PlanShare<F extends PlacedFile = Artifact> {
  readonly artifacts: readonly F[];
  /** Reports: plan/no-code. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Puts shares together into one plan, sorted by path. Reports beside what they report: plan/path-conflict. */
export function joinShares<F extends PlacedFile>(
  shares: readonly PlanShare<F>[],
): Outcome<{ readonly artifacts: readonly F[] }> {
  const kept = keepOnePerPath(shares.flatMap(({ artifacts }) => artifacts));
  const sorted = kept.artifacts.toSorted((left, right) =>
    byCodeUnit(left.path, right.path),
  );
  return {
    value: { artifacts: sorted },
    diagnostics: [
      ...shares.flatMap(({ diagnostics }) => diagnostics),
      ...kept.diagnostics,
    ],
  };
}
