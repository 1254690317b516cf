// Compiles fields of the payload shorthand to JSON Schema, draft 2020-12. Knows types by name only.
import { own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { ContentModel } from './content-model.ts';
import type { Field, FieldType, Primitive } from './payload.ts';
import { definitionNames, definitionRef } from './schema-refs.ts';

const primitives: Readonly<Record<Primitive, JsonObject>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
  email: { type: 'string', format: 'email' },
  uri: { type: 'string', format: 'uri' },
  bytes: { type: 'string', contentEncoding: 'base64' },
  any: {},
};

/** Compiles fields to an object schema; types stay references to `#/$defs/<Type>`, without the definitions. */
export function fieldsSchema(
  fields: readonly Field[],
  content: ContentModel,
): JsonObject {
  const required = fields.filter((field) => field.isRequired);
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map((field) => [field.name, fieldSchema(field)]),
    ),
    ...(required.length > 0 && { required: required.map(({ name }) => name) }),
    ...(content === 'closed' && { additionalProperties: false }),
  };
}

function fieldSchema(field: Field): JsonObject {
  const schema = described(typeSchema(field.type), field.description);
  // An annotation: validators skip it, a data catalogue finds personal data by it.
  return field.isPii ? { ...schema, 'x-pii': true } : schema;
}

/** Compiles one type; shared types stay references to `#/$defs/<Type>`. */
export function typeSchema(type: FieldType): JsonObject {
  switch (type.kind) {
    case 'primitive':
      return primitives[type.name];
    case 'named':
      return { $ref: definitionRef(type.name) };
    case 'list':
      return { type: 'array', items: typeSchema(type.of) };
    case 'map':
      return {
        type: 'object',
        additionalProperties: typeSchema(type.of),
      };
    case 'enum':
      return { type: 'string', enum: type.values };
    case 'nullable':
      return orNull(typeSchema(type.of));
    case 'union':
      return oneOfTypes(type.of.map(typeSchema));
    case 'schema':
      return type.schema;
    default:
      return type satisfies never;
  }
}

/** Every keyword of ours but `type` and `enum` says nothing of null, so those two alone have to name it. */
function orNull(schema: JsonObject): JsonObject {
  const type = own(schema, 'type');
  const values = own(schema, 'enum');
  const branches = own(schema, 'anyOf');
  if (type !== undefined && !Object.hasOwn(schema, '$ref')) {
    return {
      ...schema,
      type: [...(Array.isArray(type) ? (type as JsonValue[]) : [type]), 'null'],
      ...(Array.isArray(values) && {
        enum: [...(values as JsonValue[]), null],
      }),
    };
  }
  const rest: readonly JsonValue[] = Array.isArray(branches)
    ? (branches as readonly JsonValue[])
    : [schema];
  return { anyOf: [...rest, { type: 'null' }] };
}

function oneOfTypes(schemas: readonly JsonObject[]): JsonObject {
  const isPlain = schemas.every((schema) =>
    Object.keys(schema).every((keyword) => keyword === 'type'),
  );
  return isPlain
    ? { type: schemas.map((schema) => own(schema, 'type') ?? null) }
    : { anyOf: schemas };
}

/** Lists the shared types that fields name; one may come twice. */
export function fieldTypeNames(fields: readonly Field[]): readonly string[] {
  return fields.flatMap((field) => typeNames(field.type));
}

function typeNames(type: FieldType): readonly string[] {
  switch (type.kind) {
    case 'named':
      return [type.name];
    case 'list':
    case 'map':
    case 'nullable':
      return typeNames(type.of);
    case 'union':
      return type.of.flatMap(typeNames);
    case 'schema':
      return definitionNames(type.schema);
    case 'primitive':
    case 'enum':
      return [];
    default:
      return type satisfies never;
  }
}

/** Adds a description, when there is one. */
export function described(
  schema: JsonObject,
  description: string | null,
): JsonObject {
  return description === null ? schema : { ...schema, description };
}
