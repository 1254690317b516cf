// What the parts of the comparison share: where they are, what they may assume, and how they call each other.
import type { Branch } from './branch.ts';
import { pointerOf } from './json-schema.ts';
import type { JsonValue, Schema } from './json-schema.ts';

/** What kind of value the writer may write and the reader does not accept. Released kinds keep their meaning. */
export type GapKind =
  | 'additional-properties-narrowed'
  | 'alternative-removed'
  | 'alternatives-overlap'
  | 'constant-changed'
  | 'contains-narrowed'
  | 'dependency-added'
  | 'enum-narrowed'
  | 'exclusion-added'
  | 'format-changed'
  | 'items-removed'
  | 'max-items-lowered'
  | 'max-length-lowered'
  | 'max-properties-lowered'
  | 'maximum-lowered'
  | 'min-items-raised'
  | 'min-length-raised'
  | 'min-properties-raised'
  | 'minimum-raised'
  | 'multiple-of-changed'
  | 'pattern-changed'
  | 'property-added-to-open-model'
  | 'property-name-narrowed'
  | 'property-removed'
  | 'property-required'
  | 'reference-unresolved'
  | 'too-complex'
  | 'type-changed'
  | 'type-narrowed'
  | 'unique-items-added'
  | 'value-refused';

/** A place where the reader may refuse what the writer writes. */
export interface Gap {
  /** Steps from the payload's root; `*` stands for any item or member. */
  readonly steps: readonly string[];
  readonly kind: GapKind;
  readonly message: string;
  /** Values, at the place the comparison stands, that should show the gap. */
  readonly candidates: readonly JsonValue[];
}

/** The state of a comparison at one place. */
export interface Session {
  /** What writers put into objects: anything their schema leaves open, or only what it declares. */
  readonly content: 'any' | 'declared';
  /** Whether the reader passes over members it does not know (not inside `oneOf` and `not`). */
  readonly isTolerant: boolean;
  /** Whether the reader fills in defaults here (not inside alternatives). */
  readonly fillsDefaults: boolean;
  readonly steps: readonly string[];
  /** Pairs being compared further up: for recursive schemas, assumed to be readable. */
  readonly trail: ReadonlySet<string>;
  /** In-place steps left, so that a schema that refers to itself ends. */
  readonly hops: number;
  /** Compares at a place further down the payload. */
  readonly compareAt: (
    writer: readonly Schema[],
    reader: Schema,
    session: Session,
  ) => readonly Gap[];
  /** Compares one branch of the writer with a schema of the reader that looks at the same value. */
  readonly compareBranch: (
    branch: Branch,
    reader: Schema,
    session: Session,
  ) => readonly Gap[];
  /** Notes something that the verdict rests on. */
  readonly assume: (assumption: string) => void;
}

/** Names the place of a session for a sentence. */
export function placeOf(session: Session): string {
  return session.steps.length === 0
    ? 'the payload'
    : `"${pointerOf(session.steps)}"`;
}

/** Moves a session one step down the payload. */
export function stepInto(session: Session, step: string): Session {
  return { ...session, steps: [...session.steps, step], hops: MAX_HOPS };
}

/** In-place steps that a comparison takes before it gives up. */
export const MAX_HOPS = 24;

/** The number of candidates kept for one gap. */
export const MAX_CANDIDATES = 6;

/** Rewrites the candidates of gaps found further down into candidates of the place above. */
export function lift(
  gaps: readonly Gap[],
  embed: (value: JsonValue) => JsonValue | null,
): readonly Gap[] {
  return gaps.map((gap) => ({
    ...gap,
    candidates: gap.candidates.map(embed).filter((value) => value !== null),
  }));
}

/** Sampling deep enough for a witness of the usual payload. */
export const SAMPLING = { depth: 8, variety: 2 } as const;
