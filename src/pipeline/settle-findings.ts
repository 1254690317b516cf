// Findings to what is told of them: levels, then comments that ignore, then the baseline.
import type { Diagnostic } from '../core/diagnostic.ts';
import { holdBack, tellStale, type BaselineEntry } from '../policy/baseline.ts';
import type { HeldFinding } from '../policy/held-finding.ts';
import {
  applyIgnores,
  checkIgnores,
  findIgnores,
} from '../policy/ignore-comments.ts';
import { baseLevel, isActive, levelOf } from '../policy/levels.ts';
import { codeOf, type Rule } from '../rules/rule.ts';
import type { ReviewPolicy } from './review-policy.ts';
import type { SourceSet } from './source-set.ts';

export interface Settled {
  readonly told: readonly Diagnostic[];
  /** Findings that comments ignore. */
  readonly ignored: readonly HeldFinding[];
  /** Findings that the baseline holds back. */
  readonly known: readonly HeldFinding[];
}

/**
 * Settles what is told of located findings. `isReviewed`: whether the rules ran, so that their silence means something.
 * Reports: `ignore/*`, baseline/stale-entries.
 */
export function settleFindings(
  found: readonly Diagnostic[],
  sources: SourceSet,
  given: { readonly policy: ReviewPolicy; readonly isReviewed: boolean },
): Settled {
  const { policy, isReviewed } = given;
  const ruleOf = rulesByCode(policy.rules);
  const levelled = found.flatMap((one) => withLevel(one, policy, ruleOf));
  const ignores = sources.documents.flatMap(findIgnores);
  // A code of another stage may come from what was not reached, so its silence means as little as a rule's.
  const hasRun = (code: string): boolean => {
    const rule = ruleOf().get(code);
    return isReviewed && (rule === undefined || isActive(rule, policy.levels));
  };
  const { told, ignored, used } =
    ignores.length === 0
      ? { told: levelled, ignored: [], used: new Set<never>() }
      : applyIgnores(levelled, ignores, policy.codes());
  const remarks =
    ignores.length === 0
      ? []
      : checkIgnores(ignores, { codes: policy.codes(), used, hasRun });
  const { baseline } = policy;
  if (baseline === null)
    return { told: [...told, ...remarks], ignored, known: [] };
  const own = baseline.entries.filter(({ spec }) => spec === policy.spec);
  const held = holdBack(told, {
    file: baseline.file,
    entries: own.filter(mayHold(policy)),
  });
  const stale = held.stale.filter(({ code }) => hasRun(code));
  return {
    told: [...held.told, ...remarks, ...tellStale(baseline, stale)],
    ignored,
    known: held.known,
  };
}

/** A baseline holds back what is a matter of judgement; an entry of a rule that is gone is still told as stale. */
const mayHold =
  (policy: ReviewPolicy) =>
  ({ code }: BaselineEntry): boolean => {
    const { all, settable } = policy.codes();
    return settable.has(code) || !all.has(code);
  };

type RulesByCode = () => ReadonlyMap<string, Rule>;

function rulesByCode(rules: readonly Rule[]): RulesByCode {
  let known: ReadonlyMap<string, Rule> | null = null;
  return () => (known ??= new Map(rules.map((rule) => [codeOf(rule), rule])));
}

function withLevel(
  finding: Diagnostic,
  { levels, fileOf }: ReviewPolicy,
  ruleOf: RulesByCode,
): readonly Diagnostic[] {
  const rule = ruleOf().get(finding.code) ?? null;
  // An error of another stage leaves nothing to review, so it stays one.
  if (rule === null && finding.severity === 'error') return [finding];
  const level =
    levels.overrides.length === 0 && rule !== null
      ? baseLevel(rule, levels)
      : levelOf(
          finding,
          { rule, file: fileOf(finding.location?.file ?? '') },
          levels,
        );
  if (level === 'off') return [];
  return [
    level === finding.severity ? finding : { ...finding, severity: level },
  ];
}
