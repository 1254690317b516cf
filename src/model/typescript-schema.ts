// Writes JSON Schema as a TypeScript type: what the type system can say of it, `unknown` for the rest.
import { isJsonObject, own } from '../core/json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { definitionName, refTarget } from './schema-refs.ts';
import { docComment, propertyName, stringLiteral } from './typescript-text.ts';

interface Scope {
  readonly root: JsonObject;
  readonly types: ReadonlyMap<string, string>;
  /** References being written: one that comes back to itself is `unknown`. */
  readonly open: readonly string[];
  readonly indent: string;
}

/** Writes the type of an author's schema; `types` gives the identifiers of the shared types it may refer to. */
export function schemaType(
  schema: JsonObject,
  types: ReadonlyMap<string, string>,
): string {
  return typeOf(schema, { root: schema, types, open: [], indent: '' });
}

/** Tells whether a schema is written as one object type, which an interface can have as its body. */
export function isPlainObject(schema: JsonObject): boolean {
  const other = ['$ref', 'const', 'enum', 'oneOf', 'anyOf', 'allOf'];
  return (
    own(schema, 'type') === 'object' &&
    !other.some((keyword) => Object.hasOwn(schema, keyword))
  );
}

function typeOf(schema: JsonValue | undefined, scope: Scope): string {
  if (schema === false) return 'never';
  if (!isJsonObject(schema)) return 'unknown';
  const ref = own(schema, '$ref');
  if (typeof ref === 'string') return refType(ref, scope);
  if (Object.hasOwn(schema, 'const')) return literal(own(schema, 'const'));
  const values = own(schema, 'enum');
  if (Array.isArray(values)) return union(values.map(literal));
  const branches = own(schema, 'oneOf') ?? own(schema, 'anyOf');
  if (Array.isArray(branches)) {
    return union(branches.map((branch: JsonValue) => typeOf(branch, scope)));
  }
  const parts = own(schema, 'allOf');
  if (Array.isArray(parts)) return intersection(schema, parts, scope);
  const type = own(schema, 'type');
  return Array.isArray(type)
    ? union(type.map((name: JsonValue) => plainType(name, schema, scope)))
    : plainType(type, schema, scope);
}

function intersection(
  schema: JsonObject,
  parts: readonly JsonValue[],
  scope: Scope,
): string {
  const { allOf: _parts, ...rest } = schema;
  const itself = Object.hasOwn(rest, 'properties') ? [rest] : [];
  const written = [...itself, ...parts]
    .map((part) => typeOf(part, scope))
    .filter((part) => part !== 'unknown');
  if (written.length === 0) return 'unknown';
  return written.length === 1
    ? (written[0] ?? 'unknown')
    : written
        .map((part) => (part.includes('|') ? `(${part})` : part))
        .join(' & ');
}

function refType(ref: string, scope: Scope): string {
  if (scope.open.includes(ref)) return 'unknown';
  const inner = { ...scope, open: [...scope.open, ref] };
  const target = refTarget(scope.root, ref);
  if (target !== undefined) return typeOf(target, inner);
  const name = definitionName(ref);
  return name === null ? 'unknown' : (scope.types.get(name) ?? 'unknown');
}

function plainType(
  type: JsonValue | undefined,
  schema: JsonObject,
  scope: Scope,
): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return arrayType(schema, scope);
    case 'object':
      return objectType(schema, scope);
    default:
      return Object.hasOwn(schema, 'properties')
        ? objectType(schema, scope)
        : 'unknown';
  }
}

function arrayType(schema: JsonObject, scope: Scope): string {
  const prefix = own(schema, 'prefixItems');
  const item = typeOf(own(schema, 'items'), scope);
  const rest = `readonly ${/^\w+$/.test(item) ? item : `(${item})`}[]`;
  if (!Array.isArray(prefix)) return rest;
  // Items of a prefix may be missing: JSON Schema does not ask for them without minItems.
  const items = prefix.map((part: JsonValue) => `(${typeOf(part, scope)})?`);
  const tail = own(schema, 'items') === false ? [] : [`...(${item})[]`];
  return `readonly [${[...items, ...tail].join(', ')}]`;
}

function objectType(schema: JsonObject, scope: Scope): string {
  const properties = own(schema, 'properties');
  const rest = own(schema, 'additionalProperties');
  if (!isJsonObject(properties) || Object.keys(properties).length === 0) {
    const value = isJsonObject(rest) ? typeOf(rest, scope) : 'unknown';
    return `{ readonly [key: string]: ${value} }`;
  }
  const required = own(schema, 'required');
  const isRequired = (name: string): boolean =>
    Array.isArray(required) && required.includes(name);
  const inner = { ...scope, indent: `${scope.indent}  ` };
  const lines = Object.entries(properties).map(([name, property]) => {
    const mark = isRequired(name) ? '' : '?';
    const text = isJsonObject(property) ? own(property, 'description') : null;
    const comment = docComment(
      typeof text === 'string' ? text : null,
      inner.indent,
    );
    return `${comment}${inner.indent}readonly ${propertyName(name)}${mark}: ${typeOf(property, inner)};\n`;
  });
  return `{\n${lines.join('')}${scope.indent}}`;
}

function literal(value: JsonValue | undefined): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (value === null || typeof value === 'number') return String(value);
  return typeof value === 'boolean' ? String(value) : 'unknown';
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 0 ? 'never' : distinct.join(' | ');
}
