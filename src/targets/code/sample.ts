// Values that a shape accepts, for the first version of handlers and for tests: what people replace.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';
import {
  withoutNull,
  type Field,
  type FieldType,
  type Shape,
} from '../../model/payload.ts';
import type { CodeContext } from './code-context.ts';
import {
  literalParts,
  memberAccess,
  property,
  text,
  type ObjectDoc,
  type Property,
} from './expressions.ts';
import type { Doc } from './layout.ts';
import { firstMade, sampleOfSchema } from './schema-sample.ts';
import { isInherited, primitiveSamples } from './sample-values.ts';

/** Tells whether a first version writes a field: an optional one is left out, unless it would be taken as inherited. */
export function isFilled({ name, isRequired }: Field): boolean {
  return isRequired || isInherited(name);
}

/** Makes a value for a type; undefined where none can be made without knowing more, since null may be a value. */
export function sampleOf(
  context: CodeContext,
  type: FieldType,
  depth = 0,
): JsonValue | undefined {
  switch (type.kind) {
    case 'primitive':
      return primitiveSamples[type.name];
    case 'enum':
      return type.values[0];
    case 'list':
      return [];
    case 'map':
      return {};
    case 'named':
      return sampleOfNamed(context, type.name, depth);
    case 'nullable':
      return null;
    case 'union':
      return firstMade(type.of, (one) => sampleOf(context, one, depth));
    case 'schema':
      return sampleOfAuthored(context, type.schema, depth);
    default:
      return type satisfies never;
  }
}

function sampleOfAuthored(
  context: CodeContext,
  schema: JsonObject,
  depth: number,
): JsonValue | undefined {
  return sampleOfSchema(schema, (name) => sampleOfNamed(context, name, depth));
}

function sampleOfNamed(
  context: CodeContext,
  name: string,
  depth: number,
): JsonValue | undefined {
  const named = context.model.types.find((type) => type.name === name);
  // A type that needs itself has no smallest value.
  return named === undefined || depth > 8
    ? undefined
    : sampleOfShape(context, named.shape, depth + 1);
}

/** Makes a value with the required fields of a shape. */
export function sampleOfShape(
  context: CodeContext,
  shape: Shape,
  depth = 0,
): JsonValue | undefined {
  if (shape.schema !== null)
    return sampleOfAuthored(context, shape.schema, depth);
  const made: [string, JsonValue][] = [];
  for (const field of shape.fields) {
    if (!isFilled(field)) continue;
    const value = sampleOf(context, field.type, depth);
    if (value === undefined) return undefined;
    made.push([field.name, value]);
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
    shape.schema === null
      ? undefined
      : sampleOfAuthored(context, shape.schema, 0);
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
        accepts(field.type, other.type) &&
        isReadAlike(shape, one.shape, field),
    ),
  );
  return source === undefined
    ? null
    : memberAccess(source.expression, field.name);
}

/** Of an author's schema not everything is known: it may refuse what a shape accepts, but what it says is a plain text is one. */
function isReadAlike(to: Shape, from: Shape, { type }: Field): boolean {
  return to.schema === null
    ? from.schema === null || type.kind === 'primitive'
    : from.schema !== null;
}

function sampleDoc(
  context: CodeContext,
  field: Field,
  schemaSample: JsonValue | undefined,
): Doc | ObjectDoc | null {
  if (isJsonObject(schemaSample)) {
    const value = own(schemaSample, field.name);
    return value === undefined ? null : literalParts(value);
  }
  const value = sampleOf(context, field.type);
  return value === undefined ? null : literalParts(value);
}

/** Tells whether a field of one type takes every value of another: the two are written alike, or the first says more beside. */
export function accepts(to: FieldType, from: FieldType): boolean {
  if (JSON.stringify(to) === JSON.stringify(from)) return true;
  if (to.kind === 'nullable') return accepts(to.of, withoutNull(from));
  if (to.kind !== 'union') return false;
  return from.kind === 'union'
    ? from.of.every((one) => accepts(to, one))
    : to.of.some((one) => accepts(one, from));
}

/** Writes the statement that refuses because nobody has written this part yet. */
export function notWritten(what: string): string {
  return `throw new PermanentError(${text(`${what} is not written yet`)});`;
}
