// What a change between two designs is: a declared code, whom it breaks and why. `defineKind` is the way to write one.
import {
  defineDiagnostics,
  fill,
  type Catalogue,
  type Entries,
  type Parameters,
} from '../core/catalogue.ts';
import type { DiagnosticCode, Severity } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Told } from '../brokers/change-words.ts';
import type { Comparison } from './comparison.ts';
import type { Broken, Subject } from './parties.ts';

/** `breaking`: somebody who works today stops working; `risky`: may lose, repeat or delay; `safe`: nobody notices. */
export type Impact = 'breaking' | 'risky' | 'safe';

/** A payload that one side writes and the other refuses, or why none could be made. */
export type Proof =
  | {
      readonly payload: JsonValue;
      /** Who writes it and who refuses it, as two noun phrases. */
      readonly writer: string;
      readonly reader: string;
    }
  | { readonly missing: string };

/** Why a breaking change is let through. */
export interface Cover {
  readonly by: 'version' | 'reason';
  readonly reason: string;
}

export interface Change {
  readonly code: DiagnosticCode;
  readonly impact: Impact;
  readonly message: string;
  /** What the code's section of the diagnostics page says, or the broker's own words for it. */
  readonly why: string;
  readonly hint: string | null;
  readonly subject: Subject;
  /** Where it stands in the new design; of what is gone, where it stood. */
  readonly pointer: Pointer;
  readonly breaks: readonly Broken[];
  readonly proof: Proof | null;
  readonly cover: Cover | null;
}

/** Where a change stands and whom it concerns, beside the words of its message. */
export interface About {
  readonly subject: Subject;
  readonly pointer: Pointer;
  readonly breaks?: readonly Broken[];
  readonly proof?: Proof | null;
  readonly cover?: Cover | null;
  /** The broker's own reason and remedy, in place of those that hold for every broker. */
  readonly told?: Told;
}

/** Makes one change of a declared code; the type asks for every placeholder. */
export type Teller<T extends Entries> = <K extends keyof T & string>(
  slug: K,
  about: About,
  words: Parameters<T[K]>,
) => Change;

/** One kind of change: its codes, and how it is found. */
export interface ChangeKind {
  readonly catalogue: Catalogue<Entries>;
  /** Linear in the two models. */
  readonly find: (comparison: Comparison) => readonly Change[];
}

const isAnybody = ({ services, hasOutsiders }: Broken): boolean =>
  services.length > 0 || hasOutsiders;

/** What is said of a change that would break those who are not there. */
const idle = ({
  message,
}: Pick<Change, 'message'>): Pick<Change, 'impact' | 'message' | 'hint'> => ({
  impact: 'safe',
  message: `${message}. It breaks nobody: the design has none whom it would, and it is not public`,
  hint: null,
});

/**
 * Defines a kind of change. The severity of a code is its impact: error breaking, warning risky, info safe. What would be
 * breaking is safe where there is nobody to break, in the design or outside.
 * Nothing is found between a design and itself, in whatever order its parts are written.
 */
export function defineKind<const T extends Entries>(
  entries: T,
  find: (comparison: Comparison, tell: Teller<T>) => readonly Change[],
): ChangeKind {
  const catalogue = defineDiagnostics('diff', entries);
  const tell: Teller<T> = (slug, about, words) => {
    const { code, severity, message, ...made } = catalogue.make(
      slug,
      { pointer: about.pointer },
      words,
    );
    const { why, hint } =
      about.told === undefined
        ? { why: catalogue.entries[slug]?.why ?? '', hint: made.hint }
        : { ...about.told, hint: fill(about.told.hint, words) };
    const breaks = (about.breaks ?? []).filter(isAnybody);
    const told = { impact: impactOf(severity), message, hint };
    const isIdle =
      severity === 'error' && about.breaks !== undefined && breaks.length === 0;
    return {
      code,
      why,
      ...(isIdle ? idle(told) : told),
      subject: about.subject,
      pointer: about.pointer,
      breaks,
      proof: about.proof ?? null,
      cover: about.cover ?? null,
    };
  };
  return { catalogue, find: (comparison) => find(comparison, tell) };
}

function impactOf(severity: Severity): Impact {
  switch (severity) {
    case 'error':
      return 'breaking';
    case 'warning':
      return 'risky';
    case 'info':
      return 'safe';
    default:
      return severity satisfies never;
  }
}

/** Gives the severity under which reporters of findings tell a change; one that is covered is a remark. */
export function severityOf({
  impact,
  cover,
}: Pick<Change, 'impact' | 'cover'>): Severity {
  if (cover !== null) return 'info';
  switch (impact) {
    case 'breaking':
      return 'error';
    case 'risky':
      return 'warning';
    case 'safe':
      return 'info';
    default:
      return impact satisfies never;
  }
}
