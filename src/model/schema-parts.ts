// Which keywords of JSON Schema hold schemas, in all drafts, and where the 2020-12 form of a schema keeps each of them.
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';

/** Keywords whose value maps names to schemas. */
const maps: ReadonlySet<string> = new Set([
  '$defs',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);
/** Keywords whose value is a list of schemas. */
const lists: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'prefixItems',
]);
/** Keywords whose value is a schema; `items` may also be a list of them. */
const singles: ReadonlySet<string> = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
/** Keywords whose value is data: what looks like a schema in there is none. */
const data: ReadonlySet<string> = new Set([
  'const',
  'default',
  'enum',
  'example',
  'examples',
]);
/** Keywords without sub-schemas that decide what a schema accepts, or that name it. */
const plain: ReadonlySet<string> = new Set([
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  '$recursiveAnchor',
  '$recursiveRef',
  '$vocabulary',
  'const',
  'dependentRequired',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maxContains',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minContains',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'pattern',
  'required',
  'type',
  'uniqueItems',
]);

/** A schema inside another one. */
export interface Part {
  /** The segments that lead to it from the schema around it, and those in the 2020-12 form. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly value: JsonValue;
  /** Whether the keyword is one of JSON Schema, so that the value surely is a schema. */
  readonly isKnown: boolean;
}

/** Tells whether a keyword decides what a schema accepts; what only describes or is not of JSON Schema does not. */
export function decides(keyword: string): boolean {
  return (
    plain.has(keyword) ||
    lists.has(keyword) ||
    singles.has(keyword) ||
    (maps.has(keyword) && keyword !== '$defs' && keyword !== 'definitions')
  );
}

/** Lists the schemas under one keyword of a schema. */
export function partsUnder(
  schema: JsonObject,
  keyword: string,
): readonly Part[] {
  const value = own(schema, keyword);
  if (value === undefined || data.has(keyword) || plain.has(keyword)) return [];
  const to = placeOf(schema, keyword);
  if (maps.has(keyword))
    return isJsonObject(value) ? members(schema, keyword, { to, value }) : [];
  const isKnown = lists.has(keyword) || singles.has(keyword);
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) =>
      isSchema(item, isKnown)
        ? [
            {
              from: [keyword, String(index)],
              to: [to, String(index)],
              value: item,
              isKnown,
            },
          ]
        : [],
    );
  return isSchema(value, isKnown)
    ? [{ from: [keyword], to: [to], value, isKnown }]
    : [];
}

/** The keyword of 2020-12 that has the schemas of a keyword. */
function placeOf(schema: JsonObject, keyword: string): string {
  switch (keyword) {
    case 'additionalItems':
      return 'items';
    case 'definitions':
      return '$defs';
    case 'dependencies':
      return 'dependentSchemas';
    case 'items':
      return isTuple(schema) ? 'prefixItems' : 'items';
    default:
      return keyword;
  }
}

/** Tells whether a schema lists its items one by one in the way of the drafts before 2020-12. */
export function isTuple(schema: JsonObject): boolean {
  return Array.isArray(own(schema, 'items'));
}

function members(
  schema: JsonObject,
  keyword: string,
  map: { readonly to: string; readonly value: JsonObject },
): readonly Part[] {
  return Object.entries(map.value).flatMap(([name, value]) =>
    isSchema(value, true)
      ? [
          {
            from: [keyword, name],
            to: memberPlace(schema, { keyword, to: map.to, name }),
            value,
            isKnown: true,
          },
        ]
      : [],
  );
}

/** Where a member of `definitions` or `dependencies` goes when what they became in 2020-12 has one of that name already. */
function memberPlace(
  schema: JsonObject,
  part: {
    readonly keyword: string;
    readonly to: string;
    readonly name: string;
  },
): readonly string[] {
  const { keyword, to, name } = part;
  if (keyword === to || !isTaken(schema, to, name)) return [to, name];
  if (keyword === 'dependencies') {
    const others = own(schema, 'allOf');
    const count = Array.isArray(others) ? others.length : 0;
    return ['allOf', String(count), to, name];
  }
  let free = name;
  while (isTaken(schema, to, free) || isTaken(schema, keyword, free))
    free += '_';
  return [to, free];
}

function isTaken(schema: JsonObject, keyword: string, name: string): boolean {
  const map = own(schema, keyword);
  return isJsonObject(map) && Object.hasOwn(map, name);
}

const isSchema = (value: JsonValue, isKnown: boolean): boolean =>
  isJsonObject(value) || (isKnown && typeof value === 'boolean');
