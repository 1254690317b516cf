// What there is to say of one code, for `explain` and for the page of diagnostics alike.
import type { Severity } from '../core/diagnostic.ts';
import { HostError, type Host } from '../core/host.ts';
import { fixText } from '../fix/fix-text.ts';
import { fixableCodes } from '../fix/fixable-codes.ts';
import type { KnownCodes } from '../policy/known-codes.ts';
import { rules as ownRules } from '../rules/index.ts';
import { codeOf, type Rule } from '../rules/rule.ts';
import { declaredDiagnostics } from './catalogues.ts';
import { checkSpec } from './check-spec.ts';
import { codesOf } from './review-policy.ts';

/** Files of an example by name; the spec is `spec.yaml`. */
export type ExampleFiles = Readonly<Record<string, string>>;

export interface FaultExample {
  readonly bad: ExampleFiles;
  /** Null where the remedy says all. */
  readonly good: ExampleFiles | null;
}

/** Of a change there are two designs. */
export interface ChangeExample {
  readonly before: ExampleFiles;
  readonly after: ExampleFiles;
}

export type Example = FaultExample | ChangeExample;

/** Tells whether an example is one of a change. */
export function isOfChange(example: Example): example is ChangeExample {
  return 'before' in example;
}

/** Examples by code. */
export type Examples = Readonly<Record<string, Example>>;

export interface Explanation {
  readonly code: string;
  readonly stage: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  /** Null when each finding words its own. */
  readonly remedy: string | null;
  /** What only rules have. */
  readonly rule: Pick<Rule, 'summary' | 'area' | 'profile' | 'source'> | null;
  /** Whether a level, a comment or a baseline may hold it back. */
  readonly isSettable: boolean;
  /** Whether `--fix` may correct it. */
  readonly isFixable: boolean;
  readonly example: Example | null;
}

/** Explains every code, those of plugins included, sorted by code within the declared ones. */
export function explanations(
  examples: Examples,
  plugins: readonly Rule[] = [],
): readonly Explanation[] {
  const rules = [...ownRules, ...plugins];
  const byCode = new Map<string, Rule>(
    rules.map((rule) => [codeOf(rule), rule]),
  );
  const codes: KnownCodes = codesOf(rules);
  const declared = [
    ...declaredDiagnostics(),
    ...plugins.map((rule) => ({
      ...rule,
      code: codeOf(rule),
      stage: rule.catalogue.stage,
    })),
  ];
  return declared.map(({ code, stage, severity, message, why, hint }) => ({
    code,
    stage,
    severity,
    message,
    why,
    remedy: hint === null || /^\{\w+\}$/.test(hint) ? null : hint,
    rule: byCode.get(code) ?? null,
    isSettable: codes.settable.has(code),
    isFixable: fixableCodes.has(code),
    example: exampleOf(examples, code),
  }));
}

/** Where `--fix` can correct the bad example, the outcome is the good one. */
function exampleOf(examples: Examples, code: string): Example | null {
  const example = Object.hasOwn(examples, code) ? examples[code] : undefined;
  if (example === undefined || isOfChange(example)) return example ?? null;
  const text = example.bad['spec.yaml'];
  if (example.good !== null || text === undefined || !fixableCodes.has(code))
    return example;
  const { diagnostics } = checkSpec(exampleHost(example.bad), {
    file: 'spec.yaml',
  });
  const fixed = fixText(
    text,
    diagnostics.filter((one) => one.code === code),
  );
  return fixed.fixed.length === 0
    ? example
    : { ...example, good: { ...example.bad, 'spec.yaml': fixed.text } };
}

/** The files of an example as the outside. */
export function exampleHost(files: ExampleFiles): Host {
  const missing = (path: string): never => {
    throw new HostError(`cannot read "${path}": no such file`);
  };
  return {
    readText: (path) => files[path] ?? missing(path),
    glob: (pattern) => Object.keys(files).filter((name) => name === pattern),
    resolvePath: (_from, path) => path.replace(/^\.\//, ''),
  };
}
