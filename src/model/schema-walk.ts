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
 * Data (`const`, `enum`, `examples`, …) is copied as it stands.
 */
export function mapSchemas(
  schema: JsonObject,
  change: (schema: JsonObject) => JsonObject,
): JsonObject {
  const copy = Object.entries(schema).map(([keyword, value]) => {
    if (dataKeywords.has(keyword)) return [keyword, value];
    if (!schemaMaps.has(keyword)) return [keyword, mapValue(value, change)];
    if (!isJsonObject(value)) return [keyword, value];
    const entries = Object.entries(value).map(([name, member]) => [
      name,
      mapValue(member, change),
    ]);
    return [keyword, Object.fromEntries(entries)];
  });
  // Object.fromEntries makes own properties of every name, `__proto__` too.
  return change(Object.fromEntries(copy) as JsonObject);
}

function mapValue(
  value: JsonValue,
  change: (schema: JsonObject) => JsonObject,
): JsonValue {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item) =>
      mapValue(item, change),
    );
  }
  return isJsonObject(value) ? mapSchemas(value, change) : value;
}

/** Copies a schema with every reference (`$ref`, `$dynamicRef`) passed through `change`. */
export function mapRefs(
  schema: JsonObject,
  change: (ref: string) => string,
): JsonObject {
  return mapSchemas(schema, (part) => {
    const ref = own(part, '$ref');
    const dynamicRef = own(part, '$dynamicRef');
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
