// How the findings on one spec are treated: which rules run, what they are told as, and what is held back.
import { lazy } from '../core/lazy.ts';
import type { Baseline } from '../policy/baseline.ts';
import { knownCodes, type KnownCodes } from '../policy/known-codes.ts';
import type { Levels } from '../policy/levels.ts';
import { rules as ownRules } from '../rules/index.ts';
import { codeOf, type Rule } from '../rules/rule.ts';
import { declaredDiagnostics } from './catalogues.ts';

export interface ReviewPolicy {
  readonly levels: Levels;
  /** Every rule that there is, those of plugins included; the levels say which run. */
  readonly rules: readonly Rule[];
  readonly codes: () => KnownCodes;
  readonly baseline: Baseline | null;
  /** How a baseline names the spec. */
  readonly spec: string;
  /** Names a file as overrides do: relative to the configuration. */
  readonly fileOf: (file: string) => string;
}

export interface PolicyParts {
  readonly levels: Levels;
  /** Rules of plugins. */
  readonly plugins?: readonly Rule[];
  readonly baseline?: Baseline | null;
  readonly spec?: string;
  readonly fileOf?: (file: string) => string;
}

/** Makes a policy of its parts. */
export function reviewPolicy(parts: PolicyParts): ReviewPolicy {
  const plugins = parts.plugins ?? [];
  const rules = plugins.length === 0 ? ownRules : [...ownRules, ...plugins];
  return {
    levels: parts.levels,
    rules,
    codes: lazy(() => codesOf(rules)),
    baseline: parts.baseline ?? null,
    spec: parts.spec ?? '',
    fileOf: parts.fileOf ?? ((file) => file),
  };
}

/** The codes of every stage and of the given rules. */
export function codesOf(rules: readonly Rule[]): KnownCodes {
  return knownCodes(declaredDiagnostics(), rules.map(codeOf));
}

/** Every rule at its own severity, nothing held back but by comments. */
export const wholeReview: ReviewPolicy = reviewPolicy({
  levels: { profile: 'strict', levels: new Map(), overrides: [] },
});
