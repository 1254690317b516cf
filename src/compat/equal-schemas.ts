// Structural equality of linked schemas: sound, not complete (two schemas that accept the same may still differ).
import { equalValues } from './json-schema.ts';
import type {
  JsonValue,
  Schema,
  SchemaMap,
  SchemaObject,
} from './json-schema.ts';

/** Keywords that never change what a schema accepts, and those that only name places. */
const ANNOTATIONS = new Set([
  '$anchor',
  '$comment',
  '$defs',
  '$id',
  '$ref',
  '$schema',
  'default',
  'definitions',
  'deprecated',
  'description',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
]);

const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SINGLE = new Set([
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'target',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

type Assumed = Map<SchemaObject, Set<SchemaObject>>;

/**
 * Tells whether two linked schemas are written alike, apart from annotations and the names of their definitions.
 * Recursive schemas are equal when no difference can be reached.
 */
export function equalSchemas(left: Schema, right: Schema): boolean {
  return equal(left, right, new Map());
}

/** Tells whether one keyword is written alike in two linked schemas. */
export function equalKeyword(
  keyword: string,
  left: SchemaObject,
  right: SchemaObject,
): boolean {
  return equalMember(keyword, left[keyword], right[keyword], new Map());
}

function equal(left: Schema, right: Schema, assumed: Assumed): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean')
    return left === right;
  // A reference that leaves the document is never known to be the same one.
  if (left.target === null || right.target === null) return false;
  const met = assumed.get(left) ?? new Set();
  if (left === right || met.has(right)) return true;
  assumed.set(left, met.add(right));
  const names = meaningful(left);
  return (
    names.length === meaningful(right).length &&
    names.every(
      (name) =>
        Object.hasOwn(right, name) &&
        equalMember(name, left[name], right[name], assumed),
    )
  );
}

// The casts rest on the meta-schema: each keyword named in the tables has that shape.
function equalMember(
  keyword: string,
  left: unknown,
  right: unknown,
  assumed: Assumed,
): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (MAPS.has(keyword))
    return equalMaps(left as SchemaMap, right as SchemaMap, assumed);
  if (LISTS.has(keyword))
    return equalLists(
      left as readonly Schema[],
      right as readonly Schema[],
      assumed,
    );
  if (SINGLE.has(keyword))
    return equal(left as Schema, right as Schema, assumed);
  return equalValues(left as JsonValue, right as JsonValue);
}

function equalMaps(
  left: SchemaMap,
  right: SchemaMap,
  assumed: Assumed,
): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(
      (name) =>
        Object.hasOwn(right, name) &&
        equal(left[name] ?? true, right[name] ?? true, assumed),
    )
  );
}

function equalLists(
  left: readonly Schema[],
  right: readonly Schema[],
  assumed: Assumed,
): boolean {
  return (
    left.length === right.length &&
    left.every((entry, index) => equal(entry, right[index] ?? true, assumed))
  );
}

function meaningful(schema: SchemaObject): readonly string[] {
  return Object.keys(schema).filter((name) => !ANNOTATIONS.has(name));
}
