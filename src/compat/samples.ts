// Makes small values that a branch accepts: the raw material of witnesses. Deterministic; the plainest values first.
// Values are candidates: a caller that needs certainty asks `evaluate`.
import { interleave } from './interleave.ts';
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
import type { Branch } from './branch.ts';
import { branchesAt } from './branches.ts';
import { evaluate } from './evaluate.ts';
import type { JsonObject, JsonType, JsonValue, Schema } from './json-schema.ts';
import { freshName, otherNames } from './member-names.ts';
import { numbersOf, textsOf } from './scalar-samples.ts';
import { textsMatching } from './text-samples.ts';

/** How many samples to make, how deep to vary the parts of objects and arrays, and what writers may add. */
export interface SampleOptions {
  readonly content: 'any' | 'declared';
  /** Levels of nesting still allowed. */
  readonly depth: number;
  /** Levels of nesting whose parts are varied; below them only the plainest value is made. */
  readonly variety: number;
}

const MAX_SAMPLES = 16;
const MAX_PART_SAMPLES = 4;
/** Longer arrays than this are not written out as witnesses. */
const MAX_ITEMS = 64;

/** Makes values that satisfy all of the schemas. */
export function samplesAt(
  schemas: readonly Schema[],
  options: SampleOptions,
): readonly JsonValue[] {
  const values = interleave(
    branchesAt(schemas, options.content).map((branch) =>
      samplesOf(branch, options),
    ),
  );
  return values
    .filter((value) =>
      schemas.every((schema) => evaluate(schema, value) !== false),
    )
    .slice(0, limitOf(options));
}

/** Makes values that a branch accepts. */
export function samplesOf(
  branch: Branch,
  options: SampleOptions,
): readonly JsonValue[] {
  if (branch.values !== null) return branch.values;
  const lists = ALL_TYPES.filter((type) => branch.types.has(type)).map((type) =>
    ofOneType(type, branch, options),
  );
  return interleave(lists).slice(0, 3 * limitOf(options));
}

/** Makes the smallest object of a branch that has the given members; `null` when a required member has no sample. */
export function objectWith(
  branch: Branch,
  given: JsonObject,
  options: SampleOptions,
): JsonObject | null {
  const members = new Map(Object.entries(given));
  const add = (name: string): boolean => {
    if (members.has(name)) return true;
    const value =
      options.depth === 0
        ? undefined
        : samplesAt(memberSchemas(branch, name), inner(options, 0))[0];
    if (value !== undefined) members.set(name, value);
    return value !== undefined;
  };
  if (![...branch.required].every(add)) return null;
  // A dependency may bring in the name of another one, so one round per dependency is needed.
  for (const _ of branch.dependencies) {
    const wanted = branch.dependencies
      .filter(({ name }) => members.has(name))
      .flatMap(({ others }) => others);
    if (!wanted.every(add)) return null;
  }
  const patterned = declaredPatterns(branch).flatMap((pattern) =>
    textsMatching(pattern),
  );
  for (const name of [
    ...declaredNames(branch),
    ...otherNames(branch),
    ...patterned,
  ]) {
    if (members.size >= branch.minProperties) break;
    add(name);
  }
  return Object.fromEntries(members);
}

/** Makes the smallest array of a branch that has the given value at an index; `null` when an item has no sample. */
export function arrayWith(
  branch: Branch,
  { index, value }: { readonly index: number; readonly value: JsonValue },
  options: SampleOptions,
): readonly JsonValue[] | null {
  const length = Math.min(
    Math.max(index + 1 + containedSchemas(branch).length, branch.minItems),
    branch.maxItems,
  );
  const base = arrayOf(branch, length, options);
  return base === null
    ? null
    : base.map((item, place) => (place === index ? value : item));
}

function ofOneType(
  type: JsonType,
  branch: Branch,
  options: SampleOptions,
): readonly JsonValue[] {
  const makers: Readonly<Record<JsonType, () => readonly JsonValue[]>> = {
    null: () => [null],
    boolean: () => [false, true],
    number: () => numbersOf(branch),
    string: () => textsOf(branch),
    array: () => arraysOf(branch, options),
    object: () => objectsOf(branch, options),
  };
  return makers[type]();
}

function arraysOf(
  branch: Branch,
  options: SampleOptions,
): readonly JsonValue[] {
  const base = arrayOf(branch, branch.minItems, options);
  if (base === null) return [];
  if (options.variety === 0) return [base];
  const longest = Math.min(branch.maxItems, prefixLength(branch) + 1);
  const varied = Array.from(
    { length: Math.max(longest, 0) },
    (_, index) => index,
  ).flatMap((index) =>
    samplesAt(itemSchemas(branch, index), inner(options)).map((value) =>
      arrayWith(branch, { index, value }, options),
    ),
  );
  const longer = [1, 2].flatMap((more) => {
    const length = branch.minItems + more;
    return length > branch.maxItems ? [] : [arrayOf(branch, length, options)];
  });
  return present([base, ...longer, ...varied, ...twins(branch, options)]);
}

/** Makes arrays with two equal items, for readers that want them unique. */
function twins(
  branch: Branch,
  options: SampleOptions,
): readonly (readonly JsonValue[] | null)[] {
  if (branch.isUnique || branch.maxItems < 2) return [];
  return samplesAt(
    [...itemSchemas(branch, 0), ...itemSchemas(branch, 1)],
    inner(options, 0),
  ).map((value) => {
    const base = arrayOf(branch, Math.max(2, branch.minItems), options);
    return base === null ? null : [value, value, ...base.slice(2)];
  });
}

function arrayOf(
  branch: Branch,
  length: number,
  options: SampleOptions,
): readonly JsonValue[] | null {
  if (length > MAX_ITEMS || (length > 0 && options.depth === 0)) return null;
  const items: JsonValue[] = [];
  for (let index = 0; index < length; index += 1) {
    const wanted = containedSchemas(branch)[length - 1 - index];
    const schemas = [
      ...itemSchemas(branch, index),
      ...(wanted === undefined ? [] : [wanted]),
    ];
    const choices = samplesAt(schemas, inner(options, branch.isUnique ? 1 : 0));
    const item = branch.isUnique
      ? (choices.find((choice) => !items.includes(choice)) ?? choices[0])
      : choices[0];
    if (item === undefined) return null;
    items.push(item);
  }
  return items;
}

function objectsOf(
  branch: Branch,
  options: SampleOptions,
): readonly JsonValue[] {
  const base = objectWith(branch, {}, options);
  if (base === null || options.variety === 0) return present([base]);
  const varied = declaredNames(branch).map((name) =>
    samplesAt(memberSchemas(branch, name), inner(options)).map((value) =>
      objectWith(branch, { [name]: value }, options),
    ),
  );
  const name = freshName(branch, () => false);
  const others =
    name === null
      ? []
      : samplesAt(otherMemberSchemas(branch), inner(options)).map((value) =>
          objectWith(branch, { [name]: value }, options),
        );
  const all = objectWith(
    {
      ...branch,
      required: new Set(Object.keys(base).concat(declaredNames(branch))),
    },
    {},
    options,
  );
  const named = declaredPatterns(branch).flatMap((pattern) =>
    textsMatching(pattern)
      .slice(0, 1)
      .flatMap((text) =>
        samplesAt(memberSchemas(branch, text), inner(options)).map((value) => ({
          [text]: value,
        })),
      )
      .map((given) => objectWith(branch, given, options)),
  );
  return present([base, ...interleave([...varied, others, named]), all]);
}

function inner(
  options: SampleOptions,
  variety: number = Math.max(0, options.variety - 1),
): SampleOptions {
  return { ...options, depth: options.depth - 1, variety };
}

function limitOf({ variety }: SampleOptions): number {
  return variety === 0 ? MAX_PART_SAMPLES : MAX_SAMPLES;
}

function present<T>(values: readonly (T | null)[]): readonly T[] {
  return values.filter((value) => value !== null);
}
