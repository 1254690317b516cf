// Compares a branch of the writer with alternatives and exclusions of the reader: `anyOf`, `oneOf`, `not`, `if`.
import { append } from '../core/lists.ts';
import type { Branch } from './branch.ts';
import { narrowTo } from './branches.ts';
import { cut } from './cut-branch.ts';
import { equalKeyword, equalSchemas } from './equal-schemas.ts';
import { evaluate } from './evaluate.ts';
import type { Schema, SchemaObject } from './json-schema.ts';
import { candidatesIn } from './scalar-checks.ts';
import { placeOf } from './session.ts';
import type { Gap, GapKind, Session } from './session.ts';

/** A keyword with alternatives, alone in a schema so that it can be evaluated alone. */
interface Choice {
  readonly schema: SchemaObject;
  readonly options: readonly Schema[];
  readonly isExclusive: boolean;
}

/** Finds values of the branch that fit no alternative, several of an exclusive choice, or an exclusion. */
export function checkChoices(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  if (session.hops === 0) return [];
  const { anyOf, oneOf, not } = reader;
  const inner: Session = {
    ...session,
    hops: session.hops - 1,
    fillsDefaults: false,
  };
  const exact: Session = { ...inner, isTolerant: false };
  const isKept = (keyword: string): boolean =>
    branch.sources.some(
      (own) => own[keyword] !== undefined && equalKeyword(keyword, own, reader),
    );
  const gaps: Gap[] = [];
  if (anyOf !== undefined && !isKept('anyOf')) {
    append(
      gaps,
      choose(
        branch,
        { schema: { anyOf }, options: anyOf, isExclusive: false },
        inner,
      ),
    );
  }
  if (oneOf !== undefined && !isKept('oneOf')) {
    append(
      gaps,
      choose(
        branch,
        { schema: { oneOf }, options: oneOf, isExclusive: true },
        exact,
      ),
    );
  }
  if (not !== undefined && !isKept('not'))
    append(gaps, exclude(branch, not, exact));
  if (reader.if !== undefined && !keepsCondition(branch, reader)) {
    append(gaps, checkCondition(branch, reader, exact));
  }
  return gaps;
}

function keepsCondition(branch: Branch, reader: SchemaObject): boolean {
  return branch.sources.some(
    (own) =>
      own.if !== undefined &&
      ['if', 'then', 'else'].every((keyword) =>
        equalKeyword(keyword, own, reader),
      ),
  );
}

function choose(
  branch: Branch,
  choice: Choice,
  session: Session,
): readonly Gap[] {
  const live = choice.options.filter(
    (option) =>
      !isExcluded(branch, option, session) &&
      narrowTo(branch, option).length > 0,
  );
  const only = live[0];
  if (only === undefined) return [choiceGap(branch, choice, session)];
  if (live.length === 1) return session.compareBranch(branch, only, session);
  if (
    !choice.isExclusive &&
    live.some(
      (option) => session.compareBranch(branch, option, session).length === 0,
    )
  ) {
    return [];
  }
  const parts = session.hops === 0 ? [] : cut(branch, live);
  const inner = { ...session, hops: session.hops - 1 };
  if (parts.length > 1)
    return parts.flatMap((part) => choose(part, choice, inner));
  const gap = choiceGap(branch, choice, session);
  const isDecided =
    branch.values?.every((value) => evaluate(choice.schema, value) === true) ??
    false;
  return isDecided ? [] : [gap];
}

/** Tells whether the writer excludes all that a schema accepts. */
function isExcluded(
  { sources }: Branch,
  excluded: Schema,
  session: Session,
): boolean {
  // Both as they are, without what a policy assumes of writers and readers.
  const plainly: Session = {
    ...session,
    content: 'any',
    isTolerant: false,
    fillsDefaults: false,
    hops: session.hops - 1,
  };
  return sources.some(
    ({ not }) =>
      not !== undefined &&
      (equalSchemas(not, excluded) ||
        (session.hops > 1 &&
          session.compareAt([excluded], not, plainly).length === 0)),
  );
}

function choiceGap(
  branch: Branch,
  { schema, options, isExclusive }: Choice,
  session: Session,
): Gap {
  const found = candidatesIn(
    [branch],
    session,
    (value) => evaluate(schema, value) === false,
  );
  const fitsOne = found.filter(
    (value) => !options.some((option) => evaluate(option, value) === true),
  );
  const isOverlap = isExclusive && found.length > 0 && fitsOne.length === 0;
  const kind: GapKind = isOverlap
    ? 'alternatives-overlap'
    : 'alternative-removed';
  const message = isOverlap
    ? `${placeOf(session)} may fit several alternatives of the reader at once, and it accepts exactly one`
    : `${placeOf(session)} may fit none of the reader's ${options.length} alternatives`;
  return {
    steps: session.steps,
    kind,
    message,
    candidates: isOverlap ? found : fitsOne,
  };
}

function exclude(
  branch: Branch,
  excluded: Schema,
  session: Session,
): readonly Gap[] {
  if (isExcluded(branch, excluded, session)) return [];
  if (narrowTo(branch, excluded).length === 0) return [];
  const schema: SchemaObject = { not: excluded };
  const inside = narrowTo(branch, excluded);
  const found = candidatesIn(
    [...inside, branch],
    session,
    (value) => evaluate(schema, value) === false,
  );
  if (branch.values?.every((value) => evaluate(schema, value) === true))
    return [];
  const message = `${placeOf(session)} may hold what the reader excludes`;
  return [
    {
      steps: session.steps,
      kind: 'exclusion-added',
      message,
      candidates: found,
    },
  ];
}

/** Values that satisfy the condition must satisfy `then`, all others `else`. */
function checkCondition(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const condition = reader.if ?? true;
  const whenTrue = narrowTo(branch, condition).flatMap((part) =>
    session.compareBranch(part, reader.then ?? true, session),
  );
  const isAlways =
    session.compareBranch(branch, condition, session).length === 0;
  const whenFalse = isAlways
    ? []
    : session.compareBranch(branch, reader.else ?? true, session);
  const parts = ['if', 'then', 'else'].map((keyword) => [
    keyword,
    reader[keyword] ?? true,
  ]);
  const schema: SchemaObject = Object.fromEntries(parts);
  const found = candidatesIn(
    [branch],
    session,
    (value) => evaluate(schema, value) === false,
  );
  return [...whenTrue, ...whenFalse].map((gap) => ({
    ...gap,
    candidates:
      gap.steps.length === session.steps.length
        ? [...found, ...gap.candidates]
        : gap.candidates,
  }));
}
