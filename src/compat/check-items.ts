// Compares what the writer may put into arrays with what the reader accepts there.
import { candidatesIn } from './scalar-checks.ts';
import { evaluate } from './evaluate.ts';
import { itemSchemas, prefixLength } from './branch-parts.ts';
import type { Branch } from './branch.ts';
import { mostItems } from './branches.ts';
import type { Schema, SchemaObject } from './json-schema.ts';
import { arrayWith, samplesAt } from './samples.ts';
import { SAMPLING, lift, placeOf, stepInto } from './session.ts';
import type { Gap, Session } from './session.ts';

/**
 * Finds items that the reader refuses.
 *
 * @param branch a branch of the writer, narrowed to arrays
 */
export function checkItems(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const { prefixItems = [] } = reader;
  const rest =
    reader.items ??
    (isPlainlyUnevaluated(reader) ? reader.unevaluatedItems : undefined);
  const positions = Math.max(prefixItems.length, prefixLength(branch));
  const most = mostItems(branch);
  const gaps = Array.from(
    { length: Math.min(positions + 1, most) },
    (_, index) => {
      const schema = prefixItems[index] ?? rest;
      const step = index < positions ? String(index) : '*';
      return schema === undefined
        ? []
        : checkItem(branch, { index, schema }, stepInto(session, step));
    },
  );
  return [
    ...gaps.flat(),
    ...checkContains(branch, reader, session),
    ...checkUnevaluated(branch, reader, session),
  ];
}

function checkItem(
  branch: Branch,
  { index, schema }: { readonly index: number; readonly schema: Schema },
  session: Session,
): readonly Gap[] {
  const written = itemSchemas(branch, index);
  const options = { ...SAMPLING, content: session.content };
  const embed = (value: Parameters<typeof arrayWith>[1]['value']) =>
    arrayWith(branch, { index, value }, options);
  if (schema !== false)
    return lift(session.compareAt(written, schema, session), embed);
  const gap: Gap = {
    steps: session.steps,
    kind: 'items-removed',
    message: `${placeOf(session)} may be written, and the reader accepts no item at this position`,
    candidates: samplesAt(written, options),
  };
  return lift([gap], embed);
}

function checkContains(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const { contains, minContains = 1, maxContains } = reader;
  if (contains === undefined) return [];
  if (minContains === 0 && maxContains === undefined) return [];
  if (branch.sources.some((source) => keepsContains(source, reader, session)))
    return [];
  const isEnough = branch.minItems >= minContains && maxContains === undefined;
  if (
    isEnough &&
    everyItem(branch).every(
      (item) => session.compareAt(item, contains, exact(session)).length === 0,
    )
  ) {
    return [];
  }
  const refusing: SchemaObject = {
    contains,
    minContains,
    ...(maxContains === undefined ? {} : { maxContains }),
  };
  return [
    undecided(
      branch,
      refusing,
      session,
      'may lack the items that the reader wants the array to contain',
    ),
  ];
}

/** Tells whether what one schema of the writer says of contained items is enough for the reader. */
function keepsContains(
  writer: SchemaObject,
  reader: SchemaObject,
  session: Session,
): boolean {
  if (writer.contains === undefined || reader.contains === undefined)
    return false;
  return (
    (writer.minContains ?? 1) >= (reader.minContains ?? 1) &&
    isWithin(writer.contains, reader.contains, session) &&
    keepsMost(writer, reader, session)
  );
}

function keepsMost(
  { contains: written = true, maxContains: most = Infinity }: SchemaObject,
  { contains: read = true, maxContains: allowed = Infinity }: SchemaObject,
  session: Session,
): boolean {
  if (allowed === Infinity) return true;
  return most <= allowed && isWithin(read, written, session);
}

/** Tells whether one schema surely accepts nothing that the other refuses. */
function isWithin(inner: Schema, outer: Schema, session: Session): boolean {
  return session.compareAt([inner], outer, plainly(session)).length === 0;
}

function checkUnevaluated(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  if (
    reader.unevaluatedItems === undefined ||
    reader.items !== undefined ||
    isPlainlyUnevaluated(reader)
  )
    return [];
  return [
    undecided(
      branch,
      reader,
      session,
      'may hold items that no part of the reader has looked at',
    ),
  ];
}

function undecided(
  branch: Branch,
  refusing: SchemaObject,
  session: Session,
  text: string,
): Gap {
  const found = candidatesIn(
    [branch],
    session,
    (value) => evaluate(refusing, value) === false,
  );
  const message = `${placeOf(session)} ${text}`;
  return {
    steps: session.steps,
    kind: 'contains-narrowed',
    message,
    candidates: found,
  };
}

/** Tells whether only `prefixItems` beside it can look at items, so that `unevaluatedItems` works as `items` does. */
function isPlainlyUnevaluated(reader: SchemaObject): boolean {
  const others = [
    'allOf',
    'anyOf',
    'oneOf',
    'if',
    'target',
    'contains',
    'dependentSchemas',
    '$dynamicRef',
  ];
  return others.every((keyword) => reader[keyword] === undefined);
}

function everyItem(branch: Branch): readonly (readonly Schema[])[] {
  return Array.from({ length: prefixLength(branch) + 1 }, (_, index) =>
    itemSchemas(branch, index),
  );
}

/** Both schemas as they are, without what a policy assumes of writers and readers. */
function plainly(session: Session): Session {
  return { ...exact(session), content: 'any' };
}

function exact(session: Session): Session {
  return { ...stepInto(session, '*'), isTolerant: false, fillsDefaults: false };
}
