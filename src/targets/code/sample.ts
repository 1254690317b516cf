// Values that a shape accepts, for the first version of handlers and for tests: what people replace.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';
import type {
  Field,
  FieldType,
  Primitive,
  Shape,
} from '../../model/payload.ts';
import type { CodeContext } from './code-context.ts';
import {
  literalParts,
  property,
  text,
  type ObjectDoc,
  type Property,
} from './expressions.ts';
import type { Doc } from './layout.ts';

const primitives: Readonly<Record<Primitive, JsonValue>> = {
  string: 'text',
  integer: 1,
  number: 1,
  boolean: true,
  uuid: '7b0f6f2e-8c1e-4f0e-9a58-1f8f6d1c2a33',
  date: '2026-01-15',
  'date-time': '2026-01-15T09:30:00Z',
  email: 'somebody@example.com',
  uri: 'https://example.com/',
  bytes: 'AA==',
  any: 'text',
};

const formats: Readonly<Record<string, JsonValue>> = {
  uuid: primitives.uuid,
  date: primitives.date,
  'date-time': primitives['date-time'],
  email: primitives.email,
  uri: primitives.uri,
};

/** What every object inherits, as TypeScript sees it. */
const inherited: ReadonlySet<string> = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
]);

/** Tells whether the compiler takes a name that a literal leaves out for the member that every object inherits. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}

/** Tells whether a first version writes a field: an optional one is left out, unless it would be taken as inherited. */
export function isFilled({ name, isRequired }: Field): boolean {
  return isRequired || isInherited(name);
}

/** Makes a value for a type; null where none can be made without knowing more. */
export function sampleOf(
  context: CodeContext,
  type: FieldType,
  depth = 0,
): JsonValue | null {
  switch (type.kind) {
    case 'primitive':
      return primitives[type.name];
    case 'enum':
      return type.values[0] ?? null;
    case 'list':
      return [];
    case 'map':
      return {};
    case 'named': {
      const named = context.model.types.find(({ name }) => name === type.name);
      // A type that needs itself has no smallest value.
      return named === undefined || depth > 8
        ? null
        : sampleOfShape(context, named.shape, depth + 1);
    }
    case 'schema':
      return sampleOfSchema(type.schema);
    default:
      return type satisfies never;
  }
}

/** Makes a value with the required fields of a shape. */
export function sampleOfShape(
  context: CodeContext,
  shape: Shape,
  depth = 0,
): JsonValue | null {
  if (shape.schema !== null) return sampleOfSchema(shape.schema);
  const made: [string, JsonValue][] = [];
  for (const field of shape.fields) {
    if (!isFilled(field)) continue;
    const value = sampleOf(context, field.type, depth);
    if (value === null) return null;
    made.push([field.name, value]);
  }
  return Object.fromEntries(made);
}

/** Only what is plain to see: a constant, a choice, or a type without further conditions. */
function sampleOfSchema(schema: JsonObject): JsonValue | null {
  const constant = own(schema, 'const');
  if (constant !== undefined) return constant;
  const values = own(schema, 'enum');
  if (Array.isArray(values))
    return (values[0] as JsonValue | undefined) ?? null;
  const format = own(schema, 'format');
  const keys = Object.keys(schema).filter((key) => !plainKeywords.has(key));
  switch (own(schema, 'type')) {
    case 'string':
      if (typeof format === 'string') return formats[format] ?? null;
      return keys.length === 0 ? 'text' : null;
    case 'integer':
    case 'number':
      return numberOf(schema, keys);
    case 'boolean':
      return true;
    case 'array':
      return keys.every((key) => key === 'items') ? [] : null;
    case 'object':
      return objectOf(schema, keys);
    default:
      return null;
  }
}

const plainKeywords = new Set([
  'type',
  'description',
  'title',
  'format',
  'default',
  'examples',
  'x-pii',
]);

function numberOf(
  schema: JsonObject,
  keys: readonly string[],
): JsonValue | null {
  if (!keys.every((key) => key === 'minimum' || key === 'maximum')) return null;
  const least = own(schema, 'minimum');
  return typeof least === 'number' ? least : 0;
}

function objectOf(
  schema: JsonObject,
  keys: readonly string[],
): JsonValue | null {
  const known = ['properties', 'required', 'additionalProperties', '$defs'];
  if (!keys.every((key) => known.includes(key))) return null;
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
    if (typeof name !== 'string') return null;
    const inner = isJsonObject(properties) ? own(properties, name) : undefined;
    const value = isJsonObject(inner) ? sampleOfSchema(inner) : null;
    if (value === null) return null;
    made.push([name, value]);
  }
  return Object.fromEntries(made);
}

/** Where fields may be taken from: an expression and the shape behind it. */
export interface Source {
  readonly expression: string;
  readonly shape: Shape;
}

/**
 * Fills the required fields of a shape: from the sources where one has a field of the same name and type, else with
 * samples. Null where a field can be neither.
 */
export function filledFrom(
  context: CodeContext,
  shape: Shape,
  sources: readonly Source[],
): ObjectDoc | null {
  if (shape.schema !== null && shape.fields.length === 0) return null;
  const properties: Property[] = [];
  const schemaSample =
    shape.schema === null ? null : sampleOfSchema(shape.schema);
  for (const field of shape.fields) {
    if (!isFilled(field)) continue;
    const value =
      takenFrom(field, shape, sources) ??
      sampleDoc(context, field, schemaSample);
    if (value === null) return null;
    properties.push([property(field.name), value]);
  }
  return { properties };
}

function takenFrom(
  field: Field,
  shape: Shape,
  sources: readonly Source[],
): Doc | null {
  const source = sources.find((one) =>
    one.shape.fields.some(
      (other) =>
        other.name === field.name &&
        other.isRequired &&
        isSameType(other.type, field.type) &&
        (shape.schema === null) === (one.shape.schema === null),
    ),
  );
  return source === undefined ? null : `${source.expression}.${field.name}`;
}

function sampleDoc(
  context: CodeContext,
  field: Field,
  schemaSample: JsonValue,
): Doc | ObjectDoc | null {
  if (isJsonObject(schemaSample)) {
    const value = own(schemaSample, field.name);
    return value === undefined ? null : literalParts(value);
  }
  const value = sampleOf(context, field.type);
  return value === null ? null : literalParts(value);
}

/** Tells whether two fields have one type, written alike. */
export function isSameType(left: FieldType, right: FieldType): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Writes the statement that refuses because nobody has written this part yet. */
export function notWritten(what: string): string {
  return `throw new PermanentError(${text(`${what} is not written yet`)});`;
}
