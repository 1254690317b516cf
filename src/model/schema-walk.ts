// Walks JSON Schema (draft 2020-12) by what each keyword holds, so that data inside a schema is never taken for one.
// Knows nothing about events or types.
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';

/** Keywords whose value maps names to schemas. */
const schemaMaps: ReadonlySet<string> = new Set([
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);
/** Keywords whose value is data: a `$ref` in there is not a reference. */
const dataKeywords: ReadonlySet<string> = new Set([
  'const',
  'default',
  'enum',
  'example',
  'examples',
]);

/**
 * Copies a schema with each of its schemas, itself included, passed through `change`, innermost first.
 * Data (`const`, `enum`, `examples`, …) is taken as it stands, and so is every part in which nothing changes.
 */
export function mapSchemas(
  schema: JsonObject,
  change: (schema: JsonObject) => JsonObject,
): JsonObject {
  const mapped = mapMembers(schema, (value, keyword) => {
    if (dataKeywords.has(keyword)) return value;
    if (!schemaMaps.has(keyword)) return mapValue(value, change);
    return isJsonObject(value)
      ? mapMembers(value, (member) => mapValue(member, change))
      : value;
  });
  return change(mapped);
}

function mapMembers(
  object: JsonObject,
  map: (value: JsonValue, name: string) => JsonValue,
): JsonObject {
  let changed: Map<string, JsonValue> | null = null;
  for (const name of Object.keys(object)) {
    const value = own(object, name) ?? null;
    const made = map(value, name);
    if (made !== value) (changed ??= new Map()).set(name, made);
  }
  if (changed === null) return object;
  const news = changed;
  // Object.fromEntries makes own properties of every name, `__proto__` too.
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      news.get(name) ?? value,
    ]),
  );
}

function mapValue(
  value: JsonValue,
  change: (schema: JsonObject) => JsonObject,
): JsonValue {
  if (Array.isArray(value))
    return mapItems(value as readonly JsonValue[], change);
  return isJsonObject(value) ? mapSchemas(value, change) : value;
}

function mapItems(
  items: readonly JsonValue[],
  change: (schema: JsonObject) => JsonObject,
): readonly JsonValue[] {
  let changed: JsonValue[] | null = null;
  for (const [index, item] of items.entries()) {
    const made = mapValue(item, change);
    if (made !== item) (changed ??= [...items])[index] = made;
  }
  return changed ?? items;
}

/** Copies a schema with every reference (`$ref`, `$dynamicRef`) passed through `change`. */
export function mapRefs(
  schema: JsonObject,
  change: (ref: string) => string,
): JsonObject {
  return mapSchemas(schema, (part) => {
    const ref = own(part, '$ref');
    const dynamicRef = own(part, '$dynamicRef');
    if (typeof ref !== 'string' && typeof dynamicRef !== 'string') return part;
    return {
      ...part,
      ...(typeof ref === 'string' && { $ref: change(ref) }),
      ...(typeof dynamicRef === 'string' && {
        $dynamicRef: change(dynamicRef),
      }),
    };
  });
}

/** Lists the references of a schema, each once, in order of appearance. */
export function refsOf(schema: JsonObject): readonly string[] {
  const found = new Set<string>();
  mapRefs(schema, (ref) => {
    found.add(ref);
    return ref;
  });
  return [...found];
}
