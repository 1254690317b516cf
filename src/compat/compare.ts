// Compares a writer's schema with a reader's, place by place. The reader is taken keyword by keyword (all must hold);
// the writer is brought to branches (each must be readable).
import { checkChoices } from './check-choices.ts';
import { ofType } from './branch.ts';
import type { Branch } from './branch.ts';
import { branchesAt, narrowTo } from './branches.ts';
import { checkItems } from './check-items.ts';
import { checkObjects } from './check-objects.ts';
import { equalSchemas } from './equal-schemas.ts';
import { evaluate } from './evaluate.ts';
import type { Schema, SchemaObject } from './json-schema.ts';
import { candidatesIn, checkScalars, checkType } from './scalar-checks.ts';
import { MAX_CANDIDATES, MAX_HOPS, placeOf } from './session.ts';
import type { Gap, Session } from './session.ts';

/** Comparisons of places after which the check gives up, so that no schema holds it for long. */
const MAX_COMPARISONS = 4_000;

/** What a comparison found. */
export interface Comparison {
  readonly gaps: readonly Gap[];
  /** What the absence of further gaps rests on, as sentences. */
  readonly assumptions: readonly string[];
}

/**
 * Finds every place where the reader may refuse what the writer may write.
 *
 * @param writer a linked schema (see `linkSchema`)
 * @param reader a linked schema
 * @param isLenient whether writers write only what they declare and readers pass over what they do not know
 */
export function compareSchemas(
  writer: Schema,
  reader: Schema,
  isLenient: boolean,
): Comparison {
  const assumptions = new Set<string>();
  const identify = identities();
  let left = MAX_COMPARISONS;
  const compareAt = (
    written: readonly Schema[],
    read: Schema,
    session: Session,
  ): readonly Gap[] => {
    if (read === true || written.some((schema) => equalSchemas(schema, read)))
      return [];
    const pair = [
      session.content,
      session.isTolerant,
      session.fillsDefaults,
      ...written.map(identify),
      'by',
      identify(read),
    ].join(' ');
    if (session.trail.has(pair)) return [];
    left -= 1;
    if (left < 0) return [tooComplex(session)];
    const inner = { ...session, trail: new Set([...session.trail, pair]) };
    return merge(
      branchesAt(written, session.content).flatMap((branch) =>
        compareBranch(branch, read, inner),
      ),
    );
  };
  const gaps = compareAt([writer], reader, {
    content: isLenient ? 'declared' : 'any',
    isTolerant: isLenient,
    fillsDefaults: true,
    steps: [],
    trail: new Set(),
    hops: MAX_HOPS,
    compareAt,
    compareBranch,
    assume: (assumption) => assumptions.add(assumption),
  });
  return { gaps, assumptions: [...assumptions].sort() };
}

function compareBranch(
  branch: Branch,
  reader: Schema,
  session: Session,
): readonly Gap[] {
  if (reader === true) return [];
  if (reader === false) return [refusal(branch, reader, session)];
  if (session.hops === 0) return [tooComplex(session)];
  if (branch.sources.some((source) => equalSchemas(source, reader))) return [];
  const isRead =
    branch.values?.every(
      (value) => evaluate(reader, value, session) === true,
    ) ?? false;
  if (isRead) return [];
  const outside = checkType(branch, reader, session);
  const inside =
    reader.type === undefined
      ? [branch]
      : narrowTo(branch, { type: reader.type });
  return [
    ...outside,
    ...inside.flatMap((part) => compareKeywords(part, reader, session)),
  ];
}

function compareKeywords(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const scalars = checkScalars(branch, reader, session);
  const inner = { ...session, hops: session.hops - 1 };
  const inPlace = [
    ...(reader.allOf ?? []).flatMap((part) =>
      session.compareBranch(branch, part, inner),
    ),
    ...checkReference(branch, reader, inner),
  ];
  if (branch.values !== null) {
    const choices = checkChoices(branch, reader, session);
    const named = [...scalars, ...inPlace, ...choices];
    return named.length > 0 ? named : checkListed(branch, reader, session);
  }
  return [
    ...scalars,
    ...(branch.types.has('array')
      ? checkItems(ofType(branch, 'array'), reader, session)
      : []),
    ...(branch.types.has('object')
      ? checkObjects(ofType(branch, 'object'), reader, session)
      : []),
    ...inPlace,
    ...checkChoices(branch, reader, session),
  ];
}

/** Few values are simply tried, unless a keyword with its own words has already refused some. */
function checkListed(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const isRead =
    branch.values?.every(
      (value) => evaluate(reader, value, session) === true,
    ) ?? false;
  return isRead ? [] : [refusal(branch, reader, session)];
}

function checkReference(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  if (reader.target !== undefined && reader.target !== null)
    return session.compareBranch(branch, reader.target, session);
  const reference =
    reader.$dynamicRef ?? (reader.target === null ? reader.$ref : undefined);
  if (reference === undefined) return [];
  const message = `${placeOf(session)} is read by the schema ${JSON.stringify(reference)}, which lies outside the documents compared`;
  return [
    {
      steps: session.steps,
      kind: 'reference-unresolved',
      message,
      candidates: [],
    },
  ];
}

function refusal(branch: Branch, reader: Schema, session: Session): Gap {
  const found = candidatesIn(
    [branch],
    session,
    (value) => evaluate(reader, value, session) === false,
  );
  const message = `${placeOf(session)} may be written with values that the reader refuses`;
  return {
    steps: session.steps,
    kind: 'value-refused',
    message,
    candidates: found,
  };
}

function tooComplex(session: Session): Gap {
  const message = `${placeOf(session)} is too intricate to be compared`;
  return {
    steps: session.steps,
    kind: 'too-complex',
    message,
    candidates: [],
  };
}

/** Joins gaps that several branches of the writer share. */
function merge(gaps: readonly Gap[]): readonly Gap[] {
  const byPlace = new Map<string, Gap>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.steps, gap.kind]);
    const known = byPlace.get(key);
    const candidates = [...(known?.candidates ?? []), ...gap.candidates].slice(
      0,
      MAX_CANDIDATES,
    );
    byPlace.set(key, {
      ...(known ?? gap),
      candidates,
    });
  }
  return [...byPlace.values()];
}

function identities(): (schema: Schema) => string {
  const numbers = new Map<Schema, number>();
  return (schema) => {
    const known = numbers.get(schema) ?? numbers.size;
    numbers.set(schema, known);
    return String(known);
  };
}
