// Brings one schema to branches: splits alternatives, joins what must hold together. Empty branches are dropped elsewhere.
// Whatever is not understood is left out, which only makes a branch accept more.
import { declaredNames, declaredPatterns } from './branch-parts.ts';
import { ANYTHING, bothOf, branchOf } from './branch.ts';
import type { Branch, MemberRule } from './branch.ts';
import type { Schema, SchemaObject } from './json-schema.ts';

/** Beyond this number of branches the alternatives of a schema are no longer told apart. */
const MAX_BRANCHES = 48;

export const EXPAND_HOPS = 24;

export function expand(schema: Schema, hops: number): readonly Branch[] {
  if (typeof schema === 'boolean') return schema ? [ANYTHING] : [];
  if (hops === 0) return [ANYTHING];
  const own = [branchOf(schema)];
  const branches = partsOf(schema, hops).reduce(join, own);
  return schema.unevaluatedProperties === undefined
    ? branches
    : closeUnevaluated(branches, schema);
}

/** The sub-schemas that look at the same value, each brought to branches. */
function partsOf(
  schema: SchemaObject,
  hops: number,
): readonly (readonly Branch[])[] {
  const parts: (readonly Branch[])[] = (schema.allOf ?? []).map((part) =>
    expand(part, hops - 1),
  );
  if (schema.target !== undefined && schema.target !== null)
    parts.push(expand(schema.target, hops - 1));
  if (schema.anyOf !== undefined)
    parts.push(schema.anyOf.flatMap((option) => expand(option, hops - 1)));
  if (schema.oneOf !== undefined)
    parts.push(expandExclusive(schema.oneOf, hops - 1));
  if (schema.if !== undefined)
    parts.push(expandCondition(schema.if, schema, hops - 1));
  return parts;
}

/** Each branch of an exclusive choice keeps the other options as exclusions. */
function expandExclusive(
  options: readonly Schema[],
  hops: number,
): readonly Branch[] {
  return options.flatMap((option, index) => {
    const others = options
      .filter((_, other) => other !== index)
      .map((other): SchemaObject => ({ not: other }));
    return join(expand(option, hops), [{ ...ANYTHING, sources: others }]);
  });
}

function expandCondition(
  condition: Schema,
  schema: SchemaObject,
  hops: number,
): readonly Branch[] {
  const yes = join(expand(condition, hops), expand(schema.then ?? true, hops));
  return [...yes, ...expand(schema.else ?? true, hops)];
}

export function joinAll(
  parts: readonly (readonly Branch[])[],
): readonly Branch[] {
  return parts.reduce<readonly Branch[]>(join, [ANYTHING]);
}

export function join(
  left: readonly Branch[],
  right: readonly Branch[],
): readonly Branch[] {
  const both = left
    .flatMap((one) => right.map((other) => bothOf(one, other)))
    .filter((branch) => branch.types.size > 0);
  return both.length > MAX_BRANCHES ? left : both;
}

/** Applies `unevaluatedProperties` of a schema to the branches gathered from that schema. */
function closeUnevaluated(
  branches: readonly Branch[],
  schema: SchemaObject,
): readonly Branch[] {
  // Values may satisfy several alternatives of an `anyOf` at once, and members named by any of them then count.
  const isLoose = branches.some((branch) =>
    branch.sources.some(hasLooseChoice),
  );
  const everyName = branches.flatMap(declaredNames);
  const everyPattern = branches.flatMap(declaredPatterns);
  return branches.map((branch) => {
    if (branch.sources.some((source) => looksAtAllMembers(source, schema)))
      return branch;
    const rule: MemberRule = {
      properties: new Map(
        (isLoose ? everyName : declaredNames(branch)).map((name) => [
          name,
          true,
        ]),
      ),
      patterns: new Map(
        (isLoose ? everyPattern : declaredPatterns(branch)).map((pattern) => [
          pattern,
          true,
        ]),
      ),
      additional: schema.unevaluatedProperties ?? true,
    };
    return { ...branch, memberRules: [...branch.memberRules, rule] };
  });
}

function hasLooseChoice(source: SchemaObject): boolean {
  return source.anyOf !== undefined || source.if !== undefined;
}

function looksAtAllMembers(source: SchemaObject, outer: SchemaObject): boolean {
  return (
    source.additionalProperties !== undefined ||
    (source !== outer && source.unevaluatedProperties !== undefined) ||
    source.dependentSchemas !== undefined ||
    source.$dynamicRef !== undefined ||
    source.target === null
  );
}
