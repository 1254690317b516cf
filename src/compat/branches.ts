// Brings schemas to branches (see branch.ts): splits alternatives, joins what must hold together, drops what is empty.
// Whatever is not understood is left out, which only makes a branch accept more.
import { typesOf } from './assertions.ts';
import {
  containedSchemas,
  declaredNames,
  declaredPatterns,
  itemSchemas,
  memberSchemas,
  otherMemberSchemas,
  prefixLength,
} from './branch-parts.ts';
import { ALL_TYPES } from './branch.ts';
import type { Branch, MemberRule } from './branch.ts';
import { textOf } from './branch-texts.ts';
import { evaluate } from './evaluate.ts';
import { acceptsAll } from './keyword-types.ts';
import { EXPAND_HOPS, expand, join, joinAll } from './expand.ts';
import { typeOf } from './json-schema.ts';
import type {
  JsonType,
  JsonValue,
  Schema,
  SchemaObject,
} from './json-schema.ts';

/** How deep the search for members that nothing satisfies goes. */
const EMPTINESS_DEPTH = 3;
/** Integer ranges up to this many values are listed. */
const MAX_LISTED = 16;

/**
 * Brings schemas that must all hold at one place of the payload to branches.
 *
 * @param content `declared`: the writer writes only members it declares, wherever it declares any
 */
export function branchesAt(
  schemas: readonly Schema[],
  content: 'any' | 'declared' = 'any',
): readonly Branch[] {
  const branches = joinAll(
    schemas.map((schema) => expand(schema, EXPAND_HOPS)),
  );
  const closed =
    content === 'declared' ? branches.map(closeOpenContent) : branches;
  return closed.flatMap((branch) => prune(branch, EMPTINESS_DEPTH) ?? []);
}

/** Joins a branch with a schema that looks at the same value: what both accept, empty branches dropped. */
export function narrowTo(branch: Branch, schema: Schema): readonly Branch[] {
  return join([branch], expand(schema, EXPAND_HOPS)).flatMap(
    (both) => prune(both, EMPTINESS_DEPTH) ?? [],
  );
}

/** Tells whether schemas that must all hold accept nothing; `false` also where that cannot be seen. */
export function isEmpty(
  schemas: readonly Schema[],
  depth: number = EMPTINESS_DEPTH,
): boolean {
  if (schemas.includes(false)) return true;
  if (depth === 0 || schemas.every((schema) => schema === true)) return false;
  return joinAll(schemas.map((schema) => expand(schema, EXPAND_HOPS))).every(
    (both) => prune(both, depth - 1) === null,
  );
}

/** Forbids undeclared members where a branch declares some and says nothing about the others. */
function closeOpenContent(branch: Branch): Branch {
  const names = declaredNames(branch);
  const isOpen = otherMemberSchemas(branch).every((schema) => schema === true);
  if (names.length === 0 || !isOpen) return branch;
  const rule: MemberRule = {
    properties: new Map(names.map((name) => [name, true])),
    patterns: new Map(
      declaredPatterns(branch).map((pattern) => [pattern, true]),
    ),
    additional: false,
  };
  return { ...branch, memberRules: [...branch.memberRules, rule] };
}

/** Drops what a branch cannot hold; `null` when nothing is left. */
function prune(branch: Branch, depth: number): Branch | null {
  const types = new Set(
    [...branch.types].filter((type) => canBe(type, branch, depth)),
  );
  const values = possibleValues(branch, types);
  if (values === null) return types.size === 0 ? null : { ...branch, types };
  const kept = new Set(values.map(typeOf));
  return values.length === 0 ? null : { ...branch, values, types: kept };
}

function possibleValues(
  branch: Branch,
  types: ReadonlySet<JsonType>,
): readonly JsonValue[] | null {
  const listed = branch.values ?? listedValues(branch, types);
  if (listed === null) return null;
  return listed.filter(
    (value) =>
      types.has(typeOf(value)) &&
      branch.sources.every((source) => evaluate(source, value) !== false),
  );
}

function listedValues(
  branch: Branch,
  types: ReadonlySet<JsonType>,
): readonly JsonValue[] | null {
  const numbers = types.has('number') ? listedIntegers(branch) : [];
  if (
    numbers === null ||
    types.has('string') ||
    types.has('array') ||
    types.has('object')
  )
    return null;
  return [
    ...(types.has('null') ? [null] : []),
    ...(types.has('boolean') ? [false, true] : []),
    ...numbers,
  ];
}

function listedIntegers(branch: Branch): readonly number[] | null {
  const { first, last } = integerRange(branch);
  if (!branch.isInteger || !(last - first < MAX_LISTED)) return null;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function integerRange({ low, high }: Branch): {
  readonly first: number;
  readonly last: number;
} {
  const first = low.isExclusive
    ? Math.floor(low.value) + 1
    : Math.ceil(low.value);
  const last = high.isExclusive
    ? Math.ceil(high.value) - 1
    : Math.floor(high.value);
  return { first, last };
}

function canBe(type: JsonType, branch: Branch, depth: number): boolean {
  if (
    branch.sources.some(({ not }) => not !== undefined && acceptsAll(not, type))
  )
    return false;
  if (type === 'number') return canBeNumber(branch);
  if (type === 'string') return textOf(branch) !== 'none';
  if (type === 'array')
    return (
      branch.minItems <= mostItems(branch, depth) && canContain(branch, depth)
    );
  return type !== 'object' || canBeObject(branch, depth);
}

function canBeNumber(branch: Branch): boolean {
  const { low, high } = branch;
  const { first, last } = integerRange(branch);
  if (branch.isInteger) return first <= last;
  return (
    low.value < high.value ||
    (low.value === high.value && !low.isExclusive && !high.isExclusive)
  );
}

/** Tells whether some item can be what `contains` asks for. */
function canContain(branch: Branch, depth: number): boolean {
  const positions = Array.from(
    { length: prefixLength(branch) + 1 },
    (_, index) => itemSchemas(branch, index),
  );
  return containedSchemas(branch).every((contains) =>
    positions.some((item) => !isEmpty([...item, contains], depth)),
  );
}

/** Gives the largest number of items a branch allows. */
export function mostItems(
  branch: Branch,
  depth: number = EMPTINESS_DEPTH,
): number {
  const length = prefixLength(branch);
  for (let index = 0; index <= length && index < branch.maxItems; index += 1) {
    if (isEmpty(itemSchemas(branch, index), depth)) return index;
  }
  return branch.maxItems;
}

/** Gives the largest number of members a branch allows. */
export function mostMembers(branch: Branch): number {
  const isClosed =
    otherMemberSchemas(branch).includes(false) &&
    declaredPatterns(branch).length === 0;
  const allowed = declaredNames(branch).filter(
    (name) => !memberSchemas(branch, name).includes(false),
  );
  return Math.min(branch.maxProperties, isClosed ? allowed.length : Infinity);
}

function canBeObject(branch: Branch, depth: number): boolean {
  const most = mostMembers(branch);
  const required = withDependents(branch);
  if (branch.minProperties > most || required.size > most) return false;
  return [...required].every(
    (name) => !isEmpty(memberSchemas(branch, name), depth),
  );
}

/** The members that every object of a branch has: the required ones, and what depends on them. */
function withDependents(branch: Branch): ReadonlySet<string> {
  const all = new Set(branch.required);
  for (const name of all)
    for (const dependency of branch.dependencies)
      if (dependency.name === name)
        for (const other of dependency.others) all.add(other);
  return all;
}

/** Names the types that a `type` keyword leaves out. */
export function typesBeside(type: SchemaObject['type']): readonly JsonType[] {
  const named = typesOf(type);
  return ALL_TYPES.filter(
    (name) =>
      !named.includes(name) &&
      !(name === 'number' && named.includes('integer')),
  );
}
