// The codes that a level, a comment or a baseline may name.
import type { Severity } from '../core/diagnostic.ts';
import { nearest } from '../core/text.ts';

export interface KnownCodes {
  readonly all: ReadonlySet<string>;
  /** Those that are a matter of judgement: rules, and what other stages only warn of. */
  readonly settable: ReadonlySet<string>;
}

export interface DeclaredCode {
  readonly code: string;
  readonly stage: string;
  readonly severity: Severity;
}

/** Stages that speak of the treatment of findings itself, and of changes, which have reasons of their own. */
const own: ReadonlySet<string> = new Set([
  'baseline',
  'config',
  'diff',
  'ignore',
]);

/** Sorts declared codes into those that can be set and others; `rules`: codes of rules, those of plugins included. */
export function knownCodes(
  declared: readonly DeclaredCode[],
  rules: readonly string[],
): KnownCodes {
  const settable = declared.filter(
    ({ stage, severity }) => severity !== 'error' && !own.has(stage),
  );
  return {
    all: new Set([...declared.map(({ code }) => code), ...rules]),
    settable: new Set([...settable.map(({ code }) => code), ...rules]),
  };
}

/** The nearest known code, also for a code written without its stage; null when nothing is near. */
export function nearestCode(
  code: string,
  known: Iterable<string>,
): string | null {
  const codes = [...known];
  const slug = (one: string): string => one.slice(one.indexOf('/') + 1);
  const exact = codes.find((one) => slug(one) === slug(code) && one !== code);
  if (exact !== undefined) return exact;
  const near = nearest(code, codes);
  if (near !== null) return near;
  const nearSlug = nearest(slug(code), codes.map(slug));
  return codes.find((one) => slug(one) === nearSlug) ?? null;
}

/** The remedy for an unknown code. */
export function codeAdvice(code: string, known: Iterable<string>): string {
  const near = nearestCode(code, known);
  return near === null
    ? 'Run "event-arch rules" for the codes that there are.'
    : `Did you mean "${near}"?`;
}
