// How severe a finding is told: by profile, by rule, by file and by place in the model.
import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import type { Matcher } from '../core/glob.ts';
import { codeOf, type Profile, type Rule } from '../rules/rule.ts';

/** The severity that a finding is told with; `off` is not at all. */
export type Level = Severity | 'off';

export const profiles = ['minimal', 'recommended', 'strict'] as const;

/** Levels for some files or places; null matches all. */
export interface Override {
  readonly files: readonly Matcher[] | null;
  readonly places: readonly Matcher[] | null;
  readonly levels: ReadonlyMap<string, Level>;
}

export interface Levels {
  readonly profile: Profile;
  /** By code. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Invariant: a later one wins over an earlier one. */
  readonly overrides: readonly Override[];
}

/** The level of a rule where no override says otherwise. */
export function baseLevel(rule: Rule, levels: Levels): Level {
  const isIn =
    profiles.indexOf(rule.profile) <= profiles.indexOf(levels.profile);
  return levels.levels.get(codeOf(rule)) ?? (isIn ? rule.severity : 'off');
}

/** Tells whether a rule is told anywhere, so that it has to run. */
export function isActive(rule: Rule, levels: Levels): boolean {
  const code = codeOf(rule);
  const elsewhere = levels.overrides.map((one) => one.levels.get(code));
  return [baseLevel(rule, levels), ...elsewhere].some(
    (level) => level !== undefined && level !== 'off',
  );
}

/** The level of a finding. `rule`: the rule that found it, null for other stages; `file`: as overrides name it. */
export function levelOf(
  finding: Diagnostic,
  from: { readonly rule: Rule | null; readonly file: string },
  levels: Levels,
): Level {
  const { code, pointer, severity } = finding;
  const base =
    from.rule === null
      ? (levels.levels.get(code) ?? severity)
      : baseLevel(from.rule, levels);
  const override = levels.overrides.findLast(
    (one) =>
      one.levels.has(code) &&
      (one.files?.some((matches) => matches(from.file)) ?? true) &&
      (one.places?.some((matches) => matches(pointer)) ?? true),
  );
  return override?.levels.get(code) ?? base;
}
