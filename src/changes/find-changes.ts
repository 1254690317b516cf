// Two designs to what changed between them: every kind, in one order.
import { byCodeUnit } from '../core/artifact.ts';
import type { Policy } from '../compat/check-readable.ts';
import type { Change, Impact } from './change.ts';
import { compareSides } from './comparison.ts';
import { changeKinds } from './index.ts';
import type { Renames } from './renames.ts';
import type { Side } from './side.ts';

export type Design = Pick<Side, 'model' | 'broker'>;

export interface FoundChanges {
  readonly changes: readonly Change[];
  readonly renames: Renames;
}

const ranks: Readonly<Record<Impact, number>> = {
  breaking: 0,
  risky: 1,
  safe: 2,
};

/** Finds every change from one design to another; breaking ones first, then by what they are about and by code. */
export function findChanges(
  before: Design,
  after: Design,
  policy: Policy,
): FoundChanges {
  const comparison = compareSides(before, after, policy);
  const changes = changeKinds
    .flatMap((kind) => kind.find(comparison))
    .toSorted(
      (left, right) =>
        ranks[left.impact] - ranks[right.impact] ||
        byCodeUnit(left.subject.name, right.subject.name) ||
        byCodeUnit(left.code, right.code) ||
        byCodeUnit(left.message, right.message),
    );
  return { changes, renames: comparison.renames };
}
