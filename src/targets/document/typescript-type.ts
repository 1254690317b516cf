// Payload shapes as TypeScript types, as the documents print them.
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';
import {
  alternativesOf,
  type Field,
  type FieldType,
  type Shape,
} from '../../model/payload.ts';
import {
  tsComment,
  tsProperty,
  tsString,
} from '../../render/escape-typescript.ts';

/** Gives the TypeScript name of a type of the spec. */
export type TypeNames = (name: string) => string;

/** Writes the members of a shape, one a line, indented by two spaces a level; personal data and formats in comments. */
export function shapeMembers(
  shape: Shape,
  names: TypeNames,
  level: number,
): readonly string[] {
  if (shape.fields.length === 0 && shape.schema !== null) {
    return [`${'  '.repeat(level)}[name: string]: unknown;`];
  }
  return shape.fields.map((field) => member(field, names, level));
}

function member(field: Field, names: TypeNames, level: number): string {
  const mark = field.isRequired ? '' : '?';
  const note = noteOf(field);
  return `${'  '.repeat(level)}${tsProperty(field.name)}${mark}: ${fieldType(field.type, names)};${note === '' ? '' : ` // ${note}`}`;
}

function noteOf(field: Field): string {
  const format = alternativesOf(field.type).flatMap((type) =>
    type.kind === 'primitive' ? (formats[type.name] ?? []) : [],
  );
  return [
    format.join(', '),
    field.isPii ? 'PII' : null,
    field.description === null ? null : tsComment(field.description),
  ]
    .filter((part) => part !== null && part !== '')
    .join('; ');
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'UUID',
  date: 'YYYY-MM-DD',
  'date-time': 'RFC 3339',
  email: 'e-mail',
  uri: 'URI',
  bytes: 'base64',
  integer: 'integer',
};

/** Writes a field's type. */
export function fieldType(type: FieldType, names: TypeNames): string {
  switch (type.kind) {
    case 'primitive':
      return primitiveType(type.name);
    case 'named':
      return names(type.name);
    case 'list':
      return listOf(fieldType(type.of, names));
    case 'map':
      return `Record<string, ${fieldType(type.of, names)}>`;
    case 'enum':
      return type.values.map((value) => tsString(value)).join(' | ');
    case 'nullable':
      return `${fieldType(type.of, names)} | null`;
    case 'union':
      return [...new Set(type.of.map((one) => fieldType(one, names)))].join(
        ' | ',
      );
    case 'schema':
      return schemaType(type.schema, names);
    default:
      return type satisfies never;
  }
}

const listOf = (item: string): string =>
  /^[\w$]+$/.test(item) ? `${item}[]` : `(${item})[]`;

function primitiveType(name: string): string {
  if (name === 'integer' || name === 'number') return 'number';
  if (name === 'boolean') return 'boolean';
  return name === 'any' ? 'unknown' : 'string';
}

// The JSON Schema that people write by hand; what has no counterpart is `unknown`, never a guess.
function schemaType(schema: JsonObject, names: TypeNames): string {
  const ref = own(schema, '$ref');
  if (typeof ref === 'string') {
    const name = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1];
    return name === undefined ? 'unknown' : names(decodeURIComponent(name));
  }
  const values = own(schema, 'enum');
  if (Array.isArray(values)) {
    const literals = (values as readonly JsonValue[]).map(literal);
    return literals.length === 0 ? 'never' : literals.join(' | ');
  }
  const fixed = own(schema, 'const');
  if (fixed !== undefined) return literal(fixed);
  const branches = own(schema, 'oneOf') ?? own(schema, 'anyOf');
  if (Array.isArray(branches)) {
    return (branches as readonly JsonValue[])
      .map((branch) => valueType(branch, names))
      .join(' | ');
  }
  return typedSchema(schema, names);
}

function typedSchema(schema: JsonObject, names: TypeNames): string {
  const type = own(schema, 'type');
  if (Array.isArray(type)) {
    return (type as readonly JsonValue[])
      .map((one) => typedSchema({ ...schema, type: one }, names))
      .join(' | ');
  }
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'null':
      return type;
    case 'integer':
      return 'number';
    case 'array':
      return listOf(valueType(own(schema, 'items') ?? true, names));
    case 'object':
      return objectType(schema, names);
    default:
      return 'unknown';
  }
}

function objectType(schema: JsonObject, names: TypeNames): string {
  const properties = own(schema, 'properties');
  if (properties === undefined || !isJsonObject(properties)) {
    return 'Record<string, unknown>';
  }
  const listed = own(schema, 'required');
  const required: readonly JsonValue[] = Array.isArray(listed)
    ? (listed as readonly JsonValue[])
    : [];
  const members = Object.entries(properties).map(
    ([name, value]) =>
      `${tsProperty(name)}${required.includes(name) ? '' : '?'}: ${valueType(value, names)}`,
  );
  return `{ ${members.join('; ')} }`;
}

const valueType = (value: JsonValue, names: TypeNames): string =>
  isJsonObject(value) ? schemaType(value, names) : 'unknown';

function literal(value: JsonValue): string {
  if (typeof value === 'string') return tsString(value);
  if (value === null || typeof value !== 'object') return String(value);
  return 'unknown';
}
