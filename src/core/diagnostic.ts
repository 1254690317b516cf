// The one way to tell a user that something is wrong: a value, never an exception.
import type { Change } from './change.ts';
import type { Pointer } from './pointer.ts';
import type { Range } from './range.ts';

export type { Range } from './range.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Where something stands in the author's files; `range` null means the whole file. */
export interface Location {
  readonly file: string;
  readonly range: Range | null;
}

/** Another place that takes part in the problem, such as the first of two definitions. */
export interface Related {
  readonly message: string;
  readonly pointer: Pointer;
  readonly location: Location | null;
}

/** `stage/slug`, e.g. `schema/unknown-property`. A released code keeps its meaning for ever. */
export type DiagnosticCode = `${string}/${string}`;

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What is wrong, with the names involved, in the present tense. */
  readonly message: string;
  /** Where in the spec; the stages after parsing know only this. */
  readonly pointer: Pointer;
  /** `key` points at the property's name, `value` at what it holds. */
  readonly at: 'key' | 'value';
  /** Filled in once, by the pipeline, from the pointer. */
  readonly location: Location | null;
  /** What to do next, one imperative sentence. */
  readonly hint: string | null;
  readonly related: readonly Related[];
  /** What message and hint were filled with, for who tells them in another language. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** What ends it, when that needs no judgement. */
  readonly change?: Change;
  /** How to tell it together with others that say the same of other things or places: see `joinAlike`. */
  readonly alike?: Alike;
}

/** One finding as others of its kind see it: what it speaks of, and its texts without that. */
export interface Alike {
  /** What it speaks of, by the placeholder of the text; empty when all of them speak of one thing. */
  readonly names: Readonly<Record<string, string>>;
  /** Text, placeholder, text …: those in between are of `names`. */
  readonly message: readonly string[];
  /** Null when the hint of the one that is told serves them all. */
  readonly hint: readonly string[] | null;
  /** Whether it is the one to tell: where a thing is defined, and not where it is mentioned. */
  readonly isLead?: boolean;
}

/** What a stage gives: a value unless it had to stop, and everything it has to say. */
export interface Outcome<T> {
  readonly value: T | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Orders severities: 2 error, 1 warning, 0 info. */
export function severityRank(severity: Severity): number {
  switch (severity) {
    case 'error':
      return 2;
    case 'warning':
      return 1;
    case 'info':
      return 0;
  }
}

/** Tells whether any of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
