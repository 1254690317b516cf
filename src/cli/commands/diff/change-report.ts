// What the printers of changes are given: the changes, the findings beside them, and what was compared with what.
import type { Change } from '../../../changes/change.ts';
import type { Renames } from '../../../changes/renames.ts';
import type { Diagnostic } from '../../../core/diagnostic.ts';
import type { Model } from '../../../model/model.ts';
import type { Lines } from '../../reporters/reporter.ts';

export interface ChangeReport {
  readonly file: string;
  /** What it was compared with, as the user named it. */
  readonly against: string;
  /** Said on the way, such as that the spec was not there; in full sentences. */
  readonly notes: readonly string[];
  /** Null when the design is new. */
  readonly before: Model | null;
  readonly after: Model;
  readonly renames: Renames;
  /** Invariant: breaking ones first. */
  readonly changes: readonly Change[];
  /** The same changes as findings with a place, in the same order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly unused: readonly Diagnostic[];
  readonly lines: Lines;
  readonly isColoured: boolean;
  readonly toolVersion: string;
}

/** A printer of changes: a pure function to the text of one format. */
export interface ChangePrinter {
  /** Value of `--format`. */
  readonly name: string;
  /** Valid in its format also when nothing changed. */
  readonly print: (report: ChangeReport) => string;
}

/** Lists who breaks, as one line of words for each role. */
export function whoBreaks(change: Change): readonly string[] {
  return change.breaks.map(
    ({ role, services, hasOutsiders }) =>
      `${role} ${[...services, ...(hasOutsiders ? ['systems outside this design'] : [])].join(', ')}`,
  );
}

export interface Tally {
  readonly breaking: number;
  readonly covered: number;
  readonly risky: number;
  readonly safe: number;
}

/** Counts changes; those that are covered count apart, whatever their impact. */
export function tally(changes: readonly Change[]): Tally {
  const open = changes.filter(({ cover }) => cover === null);
  const count = (impact: Change['impact']): number =>
    open.filter((change) => change.impact === impact).length;
  return {
    breaking: count('breaking'),
    covered: changes.length - open.length,
    risky: count('risky'),
    safe: count('safe'),
  };
}

/** Writes a tally as words: `2 breaking, 1 covered, 3 risky, 4 safe changes`. */
export function tallyText(counts: Tally): string {
  const parts = (['breaking', 'covered', 'risky', 'safe'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${name}`);
  const total = counts.breaking + counts.covered + counts.risky + counts.safe;
  return total === 0
    ? 'No changes'
    : `${parts.join(', ')} ${total === 1 ? 'change' : 'changes'}`;
}
