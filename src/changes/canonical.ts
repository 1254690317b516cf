// Values as texts that are equal when the values mean the same: keys in order, and lists that are sets sorted.
import { byCodeUnit } from '../core/artifact.ts';
import type { JsonValue } from '../core/json.ts';

/** Keywords of JSON Schema whose lists have no order. */
const sets: ReadonlySet<string> = new Set(['required', 'enum', 'type']);
/** Keywords that say nothing about which payloads are accepted. */
const annotations: ReadonlySet<string> = new Set([
  '$comment',
  'deprecated',
  'description',
  'examples',
  'title',
]);

/** Writes a JSON value so that equal values give equal texts, whatever the order of their keys. */
export function canonical(value: JsonValue): string {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return `[${items.map(canonical).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .toSorted(([left], [right]) => byCodeUnit(left, right))
    .map(([key, item]) => `${JSON.stringify(key)}:${member(key, item)}`);
  return `{${members.join(',')}}`;
}

function member(key: string, value: JsonValue): string {
  if (!sets.has(key) || !Array.isArray(value)) return canonical(value);
  const items = (value as readonly JsonValue[]).map(canonical);
  return `[${items.toSorted(byCodeUnit).join(',')}]`;
}

/** Drops the keywords of a schema that only describe; names of properties and definitions are not keywords. */
export function withoutAnnotations(schema: JsonValue): JsonValue {
  if (Array.isArray(schema))
    return (schema as readonly JsonValue[]).map(withoutAnnotations);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !annotations.has(key))
      .map(([key, value]) => [
        key,
        mapsOfSchemas.has(key) && typeof value === 'object' && value !== null
          ? mapValues(value)
          : literals.has(key)
            ? value
            : withoutAnnotations(value),
      ]),
  );
}

const mapsOfSchemas: ReadonlySet<string> = new Set([
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);
const literals: ReadonlySet<string> = new Set(['const', 'default', 'enum']);

function mapValues(map: JsonValue): JsonValue {
  return Object.fromEntries(
    Object.entries(map as object).map(([name, value]) => [
      name,
      withoutAnnotations(value as JsonValue),
    ]),
  );
}
