// Values that JSON Schema accepts, where that is plain to see: a constant, a choice, or a type without further conditions.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';
import { definitionName } from '../../model/schema-refs.ts';
import { isInherited, primitiveSamples } from './sample-values.ts';

const formats: ReadonlyMap<string, JsonValue> = new Map([
  ['uuid', primitiveSamples.uuid],
  ['date', primitiveSamples.date],
  ['date-time', primitiveSamples['date-time']],
  ['email', primitiveSamples.email],
  ['uri', primitiveSamples.uri],
]);

/** Keywords that ask nothing of a value of the type beside them. */
const plainKeywords: ReadonlySet<string> = new Set([
  'type',
  'description',
  'title',
  'format',
  'default',
  'examples',
  'x-pii',
]);

/** Gives the sample of a shared type; undefined where none can be made. */
export type NamedSample = (name: string) => JsonValue | undefined;

/** Makes the sample of the first choice that has one. */
export function firstMade<T>(
  choices: readonly T[],
  make: (choice: T) => JsonValue | undefined,
): JsonValue | undefined {
  for (const choice of choices) {
    const made = make(choice);
    if (made !== undefined) return made;
  }
  return undefined;
}

/** Makes a value that a schema accepts; undefined where that takes more than a look. */
export function sampleOfSchema(
  schema: JsonObject,
  named: NamedSample,
): JsonValue | undefined {
  const constant = own(schema, 'const');
  if (constant !== undefined) return constant;
  const values = own(schema, 'enum');
  if (Array.isArray(values)) return values[0] as JsonValue | undefined;
  const type = own(schema, 'type');
  if (Array.isArray(type)) {
    const types = type as readonly JsonValue[];
    if (types.includes('null')) return null;
    return firstMade(types, (one) => ofType({ ...schema, type: one }, named));
  }
  return type === undefined ? ofBranches(schema, named) : ofType(schema, named);
}

/** Of a reference or of alternatives, when there is nothing beside them. */
function ofBranches(
  schema: JsonObject,
  named: NamedSample,
): JsonValue | undefined {
  const keys = Object.keys(schema).filter((key) => !plainKeywords.has(key));
  if (keys.length !== 1) return undefined;
  const ref = own(schema, '$ref');
  if (typeof ref === 'string') {
    const name = definitionName(ref);
    return name === null ? undefined : named(name);
  }
  // One value may satisfy two branches of `oneOf`, except null, which only one of ours names.
  const branches = own(schema, 'anyOf');
  if (!Array.isArray(branches)) return undefined;
  const objects = (branches as readonly JsonValue[]).filter(isJsonObject);
  return objects.some((branch) => own(branch, 'type') === 'null')
    ? null
    : firstMade(objects, (branch) => sampleOfSchema(branch, named));
}

function ofType(schema: JsonObject, named: NamedSample): JsonValue | undefined {
  const format = own(schema, 'format');
  const keys = Object.keys(schema).filter((key) => !plainKeywords.has(key));
  switch (own(schema, 'type')) {
    case 'string':
      if (typeof format === 'string') return formats.get(format);
      return keys.length === 0 ? primitiveSamples.string : undefined;
    case 'integer':
    case 'number':
      return numberOf(schema, keys);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return keys.every((key) => key === 'items') ? [] : undefined;
    case 'object':
      return objectOf(schema, { keys, named });
    default:
      return undefined;
  }
}

function numberOf(
  schema: JsonObject,
  keys: readonly string[],
): JsonValue | undefined {
  if (!keys.every((key) => key === 'minimum' || key === 'maximum'))
    return undefined;
  const least = own(schema, 'minimum');
  const most = own(schema, 'maximum');
  if (typeof least === 'number') return least;
  return typeof most === 'number' ? Math.min(0, most) : 0;
}

function objectOf(
  schema: JsonObject,
  {
    keys,
    named,
  }: { readonly keys: readonly string[]; readonly named: NamedSample },
): JsonValue | undefined {
  const known = ['properties', 'required', 'additionalProperties', '$defs'];
  if (!keys.every((key) => known.includes(key))) return undefined;
  const properties = own(schema, 'properties');
  const required = own(schema, 'required');
  const made: [string, JsonValue][] = [];
  const names = new Set([
    ...(Array.isArray(required) ? (required as readonly JsonValue[]) : []),
    ...(isJsonObject(properties) ? Object.keys(properties) : []).filter(
      isInherited,
    ),
  ]);
  for (const name of names) {
    if (typeof name !== 'string') return undefined;
    const inner = isJsonObject(properties) ? own(properties, name) : undefined;
    const value = isJsonObject(inner)
      ? sampleOfSchema(inner, named)
      : undefined;
    if (value === undefined) return undefined;
    made.push([name, value]);
  }
  return Object.fromEntries(made);
}
