// The tables of read models: PostgreSQL types and statements of a projection's fields.
import { shortHash } from '../../core/unique-names.ts';
import type { Projection, Query, SharedType } from '../../model/model.ts';
import {
  alternativesOf,
  withoutNull,
  type Field,
  type FieldType,
} from '../../model/payload.ts';

/** PostgreSQL cuts identifiers behind this many bytes. */
const maxIdentifier = 63;

/** Names the table of a read model. */
export function tableName(projection: string): string {
  return identifierOf(`read_${snake(projection)}`);
}

function snake(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
}

function identifierOf(name: string): string {
  if (name.length <= maxIdentifier) return name;
  return `${name.slice(0, maxIdentifier - 9)}_${shortHash(name)}`;
}

/** Chooses the column type of a field; what may be of several types is kept as JSON. */
export function sqlType(field: Field): string {
  const type = withoutNull(field.type);
  if (type.kind === 'enum') return 'text';
  if (type.kind !== 'primitive') return 'jsonb';
  switch (type.name) {
    case 'uuid':
    case 'date':
    case 'boolean':
      return type.name;
    case 'date-time':
      return 'timestamptz';
    case 'integer':
      return 'bigint';
    case 'number':
      return 'double precision';
    case 'any':
      return 'jsonb';
    case 'string':
    case 'email':
    case 'uri':
    case 'bytes':
      return 'text';
    default:
      return type satisfies never;
  }
}

/** Writes the columns of a read model. */
export function columnList(
  { shape, key }: Projection,
  types: readonly SharedType[],
): readonly string[] {
  return shape.fields.map((field) => {
    const role =
      field.name === key
        ? ' PRIMARY KEY'
        : isNeverNull(field, types)
          ? ' NOT NULL'
          : '';
    return `${column(field.name)} ${sqlType(field)}${role}`;
  });
}

/** Quotes the name of a column. */
const column = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A column has no value where a field is optional and absent, and where it is null: JSON null is stored as none. */
function isNeverNull(
  { type, isRequired }: Field,
  types: readonly SharedType[],
): boolean {
  return (
    isRequired &&
    alternativesOf(type).every(isPresent) &&
    type.kind !== 'nullable'
  );

  function isPresent(one: FieldType): boolean {
    if (one.kind === 'primitive') return one.name !== 'any';
    // A type that is JSON Schema may say null in many ways.
    return (
      one.kind !== 'named' ||
      types.find(({ name }) => name === one.name)?.shape.schema === null
    );
  }
}

/** Writes the index that serves a query; null when the query reads all rows in no order. */
export function indexStatement(
  projection: Projection,
  { name, by, sort }: Query,
): string | null {
  const indexable = by.filter((field) => {
    const found = projection.shape.fields.find((one) => one.name === field);
    return found !== undefined && sqlType(found) !== 'jsonb';
  });
  const columns = [
    ...indexable.map(column),
    ...(sort === null
      ? []
      : [`${column(sort.field)}${sort.isDescending ? ' DESC' : ''}`]),
  ];
  if (columns.length === 0) return null;
  const index = identifierOf(`${tableName(projection.name)}_${snake(name)}`);
  return `CREATE INDEX ${index} ON ${tableName(projection.name)} (${columns.join(', ')})`;
}
