// Finds the members that a reader's schema has looked at, for its `unevaluatedProperties`.
import type { Branch } from './branch.ts';
import type { Schema, SchemaMap, SchemaObject } from './json-schema.ts';
import type { Session } from './session.ts';

export interface Looked {
  readonly properties: SchemaMap;
  readonly patterns: SchemaMap;
  readonly isAll: boolean;
}

/** Gathers the members that the reader has surely looked at for every value of the branch. */
export function lookedAt(
  branch: Branch,
  reader: Schema,
  {
    session,
    isOutermost,
  }: { readonly session: Session; readonly isOutermost: boolean },
): Looked {
  if (typeof reader === 'boolean' || session.hops === 0)
    return { properties: {}, patterns: {}, isAll: false };
  const inner = {
    session: { ...session, hops: session.hops - 1 },
    isOutermost: false,
  };
  const exact: Session = {
    ...inner.session,
    isTolerant: false,
    fillsDefaults: false,
  };
  const certain = optionsOf(reader).filter(
    (option) => session.compareBranch(branch, option, exact).length === 0,
  );
  const parts = [...alwaysOf(reader), ...certain].map((part) =>
    lookedAt(branch, part, inner),
  );
  const own =
    reader.additionalProperties !== undefined ||
    (!isOutermost && reader.unevaluatedProperties !== undefined);
  return {
    properties: joined([
      allTrue(reader.properties),
      ...parts.map((part) => part.properties),
    ]),
    patterns: joined([
      allTrue(reader.patternProperties),
      ...parts.map((part) => part.patterns),
    ]),
    isAll: own || parts.some((part) => part.isAll),
  };
}

const joined = (maps: readonly SchemaMap[]): SchemaMap =>
  Object.fromEntries(maps.flatMap((map) => Object.entries(map)));

const optionsOf = ({
  anyOf = [],
  oneOf = [],
}: SchemaObject): readonly Schema[] => [...anyOf, ...oneOf];

/** The sub-schemas that look at every value. */
const alwaysOf = ({ allOf = [], target }: SchemaObject): readonly Schema[] =>
  target === undefined || target === null ? allOf : [...allOf, target];

function allTrue(schemas: SchemaMap | undefined): SchemaMap {
  return Object.fromEntries(
    Object.keys(schemas ?? {}).map((name) => [name, true]),
  );
}
