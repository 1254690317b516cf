// The part of JSON Schema (draft 2020-12) that the compatibility check reads, and the linking of `$ref`s.
// Knows nothing about readers and writers.

/** Any value that JSON can carry. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** An object that JSON can carry. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** The six kinds of JSON values; `integer` is a `number` without a fraction. */
export type JsonType =
  'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** A schema: `true` accepts everything, `false` nothing. */
export type Schema = boolean | SchemaObject;

/** The keywords that decide what a schema accepts; every other keyword is an annotation. */
export interface SchemaObject {
  readonly $id?: string;
  readonly $anchor?: string;
  readonly $ref?: string;
  readonly $dynamicRef?: string;
  readonly $defs?: SchemaMap;
  readonly definitions?: SchemaMap;
  /** Set by `linkSchema`: the schema that `$ref` names; `null` when it lies outside the document. */
  readonly target?: Schema | null;
  readonly type?: JsonType | 'integer' | readonly (JsonType | 'integer')[];
  readonly enum?: readonly JsonValue[];
  readonly const?: JsonValue;
  readonly default?: JsonValue;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly unevaluatedItems?: Schema;
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: SchemaMap;
  readonly patternProperties?: SchemaMap;
  readonly additionalProperties?: Schema;
  readonly unevaluatedProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: SchemaMap;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly [annotation: string]: unknown;
}

/** Schemas by name. */
export type SchemaMap = Readonly<Record<string, Schema>>;

/** A truth value that admits ignorance: `null` means that it cannot be decided here. */
export type Tri = boolean | null;

const SINGLE = new Set([
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const MAPS = new Set([
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);

type Draft = Record<string, unknown>;

/**
 * Copies a schema document and ties every `$ref` inside it to the schema it names (field `target`), so that no later
 * step needs the document. A reference that leaves the document gets `null`.
 *
 * @param document a schema that is valid against the draft 2020-12 meta-schema
 * @param isKept tells which formats are kept; JSON Schema takes those that nobody knows for notes
 */
export function linkSchema(
  document: Schema,
  isKept: (format: string) => boolean = () => true,
): Schema {
  const places = new Map<string, Schema>();
  const references: { readonly copy: Draft; readonly to: string }[] = [];
  const copyOf = (schema: Schema, place: string): Schema => {
    if (typeof schema === 'boolean') {
      places.set(place, schema);
      return schema;
    }
    const copy: Draft = Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => [
        keyword,
        copyKeyword(keyword, value, place, copyOf),
      ]),
    );
    if (typeof copy['format'] === 'string' && !isKept(copy['format']))
      delete copy['format'];
    places.set(place, copy);
    if (typeof copy['$id'] === 'string') places.set(copy['$id'], copy);
    if (typeof copy['$anchor'] === 'string')
      places.set(`#${copy['$anchor']}`, copy);
    if (typeof copy['$ref'] === 'string')
      references.push({ copy, to: copy['$ref'] });
    return copy;
  };
  const root = copyOf(document, '#');
  for (const { copy, to } of references)
    copy['target'] = places.get(decodeReference(to)) ?? null;
  return root;
}

function copyKeyword(
  keyword: string,
  value: unknown,
  place: string,
  copyOf: (schema: Schema, place: string) => Schema,
): unknown {
  const here = `${place}/${escapeStep(keyword)}`;
  // The keyword tables say what the meta-schema has already guaranteed about the shape of `value`.
  if (SINGLE.has(keyword)) return copyOf(value as Schema, here);
  if (LISTS.has(keyword))
    return (value as readonly Schema[]).map((entry, index) =>
      copyOf(entry, `${here}/${index}`),
    );
  if (!MAPS.has(keyword)) return value;
  return Object.fromEntries(
    Object.entries(value as SchemaMap).map(([name, entry]) => [
      name,
      copyOf(entry, `${here}/${escapeStep(name)}`),
    ]),
  );
}

function decodeReference(reference: string): string {
  try {
    return reference.startsWith('#')
      ? decodeURIComponent(reference)
      : reference;
  } catch {
    return reference;
  }
}

/** Escapes one step of a JSON Pointer (RFC 6901, section 3). */
export function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Writes steps as a JSON Pointer (RFC 6901); no steps give the empty pointer, the whole payload. */
export function pointerOf(steps: readonly string[]): string {
  return steps.map((step) => `/${escapeStep(step)}`).join('');
}

/** Tells the JSON type of a value. */
export function typeOf(value: JsonValue): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    default:
      return 'object';
  }
}

/** Narrows a value to a JSON object. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeOf(value) === 'object';
}

/** Narrows a value to a JSON array. */
export function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Compares two JSON values; the order of an object's members has no meaning. */
export function equalValues(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true;
  if (isJsonArray(left)) {
    return (
      isJsonArray(right) &&
      left.length === right.length &&
      left.every((entry, index) => equalValues(entry, right[index] ?? null))
    );
  }
  if (!isJsonObject(left) || !isJsonObject(right) || isJsonArray(right))
    return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(
      (name) =>
        Object.hasOwn(right, name) &&
        equalValues(left[name] ?? null, right[name] ?? null),
    )
  );
}
