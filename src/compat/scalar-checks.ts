// Keywords of the reader that look at a value without a sub-schema. Each is checked through its complement: if no value
// of the writer satisfies the complement, the keyword holds; if one does, it is a candidate for the witness.
import { ofType } from './branch.ts';
import { assertionHolds, typesOf } from './assertions.ts';
import type { Branch } from './branch.ts';
import { narrowTo, typesBeside } from './branches.ts';
import { equalKeyword } from './equal-schemas.ts';
import { impliesFormat } from './formats.ts';
import type { JsonValue, SchemaObject } from './json-schema.ts';
import { samplesOf } from './samples.ts';
import { CHECKS } from './scalar-complements.ts';
import { MAX_CANDIDATES, SAMPLING, placeOf } from './session.ts';
import type { Gap, Session } from './session.ts';

/** Finds the scalar keywords of the reader that refuse values of the branch. */
export function checkScalars(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  return [...CHECKS].flatMap(([keyword, check]) => {
    if (reader[keyword] === undefined || isImplied(keyword, branch, reader))
      return [];
    const beyond = narrowTo(branch, check.complement(reader));
    const found = candidatesIn(
      beyond,
      session,
      (value) => assertionHolds(keyword, reader, value) === false,
    );
    const isDecided = beyond.every(({ values }) =>
      values?.every((value) => assertionHolds(keyword, reader, value)),
    );
    if (isDecided && found.length === 0) return [];
    const message = `${placeOf(session)} ${check.say(reader)}`;
    return [
      {
        steps: session.steps,
        kind: check.kind,
        message,
        candidates: found,
      },
    ];
  });
}

/** Finds types that the branch allows and the reader does not. */
export function checkType(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const named = typesOf(reader.type);
  if (named.length === 0) return [];
  const beyond = narrowTo(branch, { type: typesBeside(reader.type) });
  const refuses = (value: JsonValue): boolean =>
    assertionHolds('type', reader, value) === false;
  const only = `and the reader accepts only ${named.join(' or ')}`;
  if (beyond.length === 0)
    return checkWhole(branch, reader, { session, only, refuses });
  const written = [...new Set(beyond.flatMap(({ types }) => [...types]))].join(
    ' or ',
  );
  const isDisjoint = narrowTo(branch, { type: reader.type ?? [] }).length === 0;
  return [
    {
      steps: session.steps,
      kind: isDisjoint ? 'type-changed' : 'type-narrowed',
      message: `${placeOf(session)} may be ${written}, ${only}`,
      candidates: candidatesIn(beyond, session, refuses),
    },
  ];
}

/** Finds fractions that the branch allows where the reader takes whole numbers alone. */
function checkWhole(
  branch: Branch,
  reader: SchemaObject,
  from: {
    readonly session: Session;
    readonly only: string;
    readonly refuses: (value: JsonValue) => boolean;
  },
): readonly Gap[] {
  const { session, only, refuses } = from;
  const named = typesOf(reader.type);
  const wantsWhole = named.includes('integer') && !named.includes('number');
  if (!wantsWhole || !branch.types.has('number') || isWhole(branch)) return [];
  const found = candidatesIn([ofType(branch, 'number')], session, refuses);
  if (branch.values !== null && found.length === 0) return [];
  return [
    {
      steps: session.steps,
      kind: 'type-narrowed',
      message: `${placeOf(session)} may be a number with a fraction, ${only}`,
      candidates: found,
    },
  ];
}

/** Makes values of branches and keeps those that the test picks. */
export function candidatesIn(
  branches: readonly Branch[],
  session: Session,
  shows: (value: JsonValue) => boolean,
): readonly JsonValue[] {
  const options = { ...SAMPLING, content: session.content };
  return branches
    .flatMap((branch) => samplesOf(branch, options).filter(shows))
    .slice(0, MAX_CANDIDATES);
}

/** Tells whether the writer's schema says the same thing, or something known to be narrower. */
function isImplied(
  keyword: string,
  branch: Branch,
  reader: SchemaObject,
): boolean {
  if (
    branch.sources.some(
      (source) =>
        source[keyword] !== undefined && equalKeyword(keyword, source, reader),
    )
  )
    return true;
  if (keyword === 'format')
    return branch.formats.some((format) =>
      impliesFormat(format, reader.format ?? ''),
    );
  if (keyword === 'pattern')
    return reader.pattern === '' || reader.pattern === '.*';
  if (keyword !== 'multipleOf') return false;
  const step = reader.multipleOf ?? 1;
  return [...branch.multiples, ...(branch.isInteger ? [1] : [])].some((own) =>
    Number.isInteger(own / step),
  );
}

function isWhole(branch: Branch): boolean {
  return (
    branch.isInteger || branch.multiples.some((step) => Number.isInteger(step))
  );
}
