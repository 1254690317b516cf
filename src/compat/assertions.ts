// The keywords of JSON Schema that look at a value without a sub-schema: what each says about one value.
import { searchText } from '../core/search-text.ts';
import { acceptsFormat } from './formats.ts';
import {
  equalValues,
  isJsonArray,
  isJsonObject,
  typeOf,
} from './json-schema.ts';
import type {
  JsonObject,
  JsonValue,
  SchemaObject,
  Tri,
} from './json-schema.ts';

type Assertion = (schema: SchemaObject, value: JsonValue) => Tri;

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map<string, Assertion>([
  [
    'type',
    ({ type }, value) => typesOf(type).some((name) => hasType(name, value)),
  ],
  [
    'enum',
    (schema, value) =>
      (schema.enum ?? []).some((entry) => equalValues(entry, value)),
  ],
  ['const', (schema, value) => equalValues(schema.const ?? null, value)],
  ['minimum', onNumber((number, { minimum = -Infinity }) => number >= minimum)],
  ['maximum', onNumber((number, { maximum = Infinity }) => number <= maximum)],
  [
    'exclusiveMinimum',
    onNumber(
      (number, { exclusiveMinimum = -Infinity }) => number > exclusiveMinimum,
    ),
  ],
  [
    'exclusiveMaximum',
    onNumber(
      (number, { exclusiveMaximum = Infinity }) => number < exclusiveMaximum,
    ),
  ],
  [
    'multipleOf',
    onNumber((number, { multipleOf = 1 }) =>
      Number.isInteger(number / multipleOf),
    ),
  ],
  [
    'minLength',
    onText((text, { minLength = 0 }) => lengthOf(text) >= minLength),
  ],
  [
    'maxLength',
    onText((text, { maxLength = Infinity }) => lengthOf(text) <= maxLength),
  ],
  ['pattern', onText((text, { pattern = '' }) => searchText(pattern, text))],
  ['format', onText((text, { format = '' }) => acceptsFormat(format, text))],
  ['minItems', onArray((array, { minItems = 0 }) => array.length >= minItems)],
  [
    'maxItems',
    onArray((array, { maxItems = Infinity }) => array.length <= maxItems),
  ],
  [
    'uniqueItems',
    onArray(
      (array, { uniqueItems = false }) => !uniqueItems || isUnique(array),
    ),
  ],
  [
    'minProperties',
    onObject(
      (object, { minProperties = 0 }) =>
        Object.keys(object).length >= minProperties,
    ),
  ],
  [
    'maxProperties',
    onObject(
      (object, { maxProperties = Infinity }) =>
        Object.keys(object).length <= maxProperties,
    ),
  ],
  [
    'required',
    onObject((object, { required = [] }) =>
      required.every((name) => Object.hasOwn(object, name)),
    ),
  ],
  [
    'dependentRequired',
    onObject((object, { dependentRequired = {} }) =>
      Object.entries(dependentRequired).every(
        ([name, others]) =>
          !Object.hasOwn(object, name) ||
          others.every((other) => Object.hasOwn(object, other)),
      ),
    ),
  ],
]);

/** The keywords that `assertionHolds` decides. */
export const ASSERTION_KEYWORDS: readonly string[] = [...ASSERTIONS.keys()];

/**
 * Decides one keyword of a schema for a value; a keyword that is absent holds.
 *
 * @returns `null` when it cannot be decided here: an unknown format, or a pattern that is no regular expression
 */
export function assertionHolds(
  keyword: string,
  schema: SchemaObject,
  value: JsonValue,
): Tri {
  if (schema[keyword] === undefined) return true;
  return ASSERTIONS.get(keyword)?.(schema, value) ?? null;
}

/** Decides all keywords of this kind in a schema for a value. */
export function assertionsHold(schema: SchemaObject, value: JsonValue): Tri {
  return allOf(
    ASSERTION_KEYWORDS.map((keyword) => assertionHolds(keyword, schema, value)),
  );
}

/** Lists the names in a `type` keyword; absent means none. */
export function typesOf(type: SchemaObject['type']): readonly string[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

/** Joins truth values by "and": false wins, then ignorance. */
export function allOf(parts: readonly Tri[]): Tri {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

function hasType(name: string, value: JsonValue): boolean {
  return name === 'integer' ? Number.isInteger(value) : name === typeOf(value);
}

function onNumber(
  test: (number: number, schema: SchemaObject) => Tri,
): Assertion {
  return (schema, value) => typeof value !== 'number' || test(value, schema);
}

function onText(test: (text: string, schema: SchemaObject) => Tri): Assertion {
  return (schema, value) =>
    typeof value === 'string' ? test(value, schema) : true;
}

function onArray(
  test: (array: readonly JsonValue[], schema: SchemaObject) => Tri,
): Assertion {
  return (schema, value) => !isJsonArray(value) || test(value, schema);
}

function onObject(
  test: (object: JsonObject, schema: SchemaObject) => Tri,
): Assertion {
  return (schema, value) => !isJsonObject(value) || test(value, schema);
}

/** Counts characters as JSON Schema does: code points, not UTF-16 units. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function isUnique(array: readonly JsonValue[]): boolean {
  return array.every(
    (entry, index) =>
      !array.slice(0, index).some((earlier) => equalValues(earlier, entry)),
  );
}
