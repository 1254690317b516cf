// JSON Schema of one property to a field's type.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import type { FieldType, Primitive } from '../model/payload.ts';
import { definitionName } from '../model/schema-refs.ts';
import { follow } from './inline-schema.ts';
import type { Scope } from './scope.ts';

const formats: ReadonlySet<JsonValue | undefined> = new Set([
  'uuid',
  'date',
  'date-time',
  'email',
  'uri',
]);
const plainTypes: ReadonlySet<JsonValue | undefined> = new Set([
  'string',
  'integer',
  'number',
  'boolean',
]);
/** Keywords that the shorthand says nothing of, or that only annotate. */
const plainKeywords: ReadonlySet<string> = new Set([
  'type',
  'format',
  'description',
  'title',
  'x-pii',
  'examples',
  'default',
]);

/** Reads the type that a property of `root` is another word for; what the shorthand has no word for stays a schema. */
export function schemaType(
  scope: Scope,
  property: JsonValue,
  root: JsonObject,
): FieldType {
  if (!isJsonObject(property)) return { kind: 'primitive', name: 'any' };
  const named = typeNamedBy(scope, property, root);
  if (named !== null) return { kind: 'named', name: named };
  const values = own(property, 'enum');
  if (
    Array.isArray(values) &&
    values.every((value) => typeof value === 'string')
  )
    return { kind: 'enum', values };
  const among = choiceOf(scope, property, root);
  if (among !== null) return among;
  const primitive = primitiveOf(property);
  return primitive === null
    ? { kind: 'schema', schema: property }
    : { kind: 'primitive', name: primitive };
}

/** The type of the spec that a schema refers to; null when it refers to none. */
function typeNamedBy(
  scope: Scope,
  property: JsonObject,
  root: JsonObject,
): string | null {
  const ref = own(property, '$ref');
  // A definition of its own goes before a type of that name.
  if (typeof ref === 'string' && follow(root, ref) !== null) return null;
  const named = typeof ref === 'string' ? definitionName(ref) : null;
  return named !== null &&
    Object.hasOwn(scope.raw.types ?? {}, named) &&
    ref === `#/$defs/${named}`
    ? named
    : null;
}

/** The primitive that a schema is another word for; null when it says more. */
function primitiveOf(property: JsonObject): Primitive | null {
  const isPlain = Object.keys(property).every((keyword) =>
    plainKeywords.has(keyword),
  );
  if (!isPlain) return null;
  const type = own(property, 'type');
  const format = own(property, 'format');
  // The sets hold only names of primitives.
  if (type === 'string' && formats.has(format)) return format as Primitive;
  return format === undefined && plainTypes.has(type)
    ? (type as Primitive)
    : null;
}

/** A type with null beside it, or several types, where nothing but annotations stands beside the choice. */
function choiceOf(
  scope: Scope,
  property: JsonObject,
  root: JsonObject,
): FieldType | null {
  const schemas = choices(property);
  const isNull = (schema: JsonValue): boolean =>
    isJsonObject(schema) && own(schema, 'type') === 'null';
  const present = schemas.filter((schema) => !isNull(schema));
  const types = present.map((schema) => schemaType(scope, schema, root));
  const [only] = types;
  if (only === undefined || schemas.length < 2) return null;
  const isPlain = types.every(({ kind }) => kind === 'primitive');
  if (types.length > 1 && !isPlain) return null;
  const type: FieldType =
    types.length === 1 ? only : { kind: 'union', of: types };
  return present.length === schemas.length || type.kind === 'nullable'
    ? type
    : { kind: 'nullable', of: type };
}

function choices(property: JsonObject): readonly JsonValue[] {
  const { type, anyOf, oneOf, ...rest } = property;
  if (!Object.keys(rest).every((keyword) => plainKeywords.has(keyword)))
    return [];
  if (Array.isArray(type) && anyOf === undefined && oneOf === undefined)
    return type.map((one: JsonValue) => ({ ...rest, type: one }));
  const branches = anyOf ?? oneOf;
  const isAlone =
    type === undefined && (anyOf === undefined) !== (oneOf === undefined);
  return isAlone && Array.isArray(branches) && !Object.hasOwn(rest, 'format')
    ? (branches as readonly JsonValue[])
    : [];
}
