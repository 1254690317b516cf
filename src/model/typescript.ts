// Writes shapes as TypeScript declarations. Uses no global type, so a shared type may have any name.
import { pascalCase } from '../core/text.ts';
import { uniqueNames } from '../core/unique-names.ts';
import type { SharedType } from './model.ts';
import { typeText, type Field, type FieldType, type Shape } from './payload.ts';
import { docComment, propertyName, stringLiteral } from './typescript-text.ts';
import { isPlainObject, schemaType } from './typescript-schema.ts';

/** The identifier of each name that becomes a declaration: unique in one file, whatever the names are. */
export type Identifiers = ReadonlyMap<string, string>;

export interface Declaration {
  /** Identifier of the interface. */
  readonly identifier: string;
  readonly description: string | null;
  readonly isExported: boolean;
  /** Identifiers of the shared types. */
  readonly types: Identifiers;
}

/** Chooses PascalCase identifiers for names that share one file; names that meet get a suffix from their spelling. */
export function identifiersOf(names: Iterable<string>): Identifiers {
  return uniqueNames(names, pascalCase, '_');
}

/**
 * Writes a shape as an interface, or as a type alias when it is JSON Schema that is no plain object. Ends with a line feed.
 * Fields are `readonly`; the format of a field that TypeScript cannot say (`uuid`, personal data) is a comment behind it.
 */
export function shapeInterface(shape: Shape, as: Declaration): string {
  const comment = docComment(as.description, '');
  const head = as.isExported ? 'export ' : '';
  if (shape.schema !== null) {
    const type = schemaType(shape.schema, as.types);
    return isPlainObject(shape.schema)
      ? `${comment}${head}interface ${as.identifier} ${type}\n`
      : `${comment}${head}type ${as.identifier} = ${type};\n`;
  }
  const fields = shape.fields.map((field) => fieldLines(field, as.types));
  return `${comment}${head}interface ${as.identifier} {\n${fields.join('')}}\n`;
}

/** Writes the shared types, each as `shapeInterface` does, in the given order. */
export function typeInterfaces(
  types: readonly SharedType[],
  as: Omit<Declaration, 'identifier' | 'description'>,
): readonly string[] {
  return types.map((type) =>
    shapeInterface(type.shape, {
      ...as,
      identifier: as.types.get(type.name) ?? pascalCase(type.name),
      description: type.description,
    }),
  );
}

function fieldLines(field: Field, types: Identifiers): string {
  const mark = field.isRequired ? '' : '?';
  const type = fieldType(field.type, types);
  const facts = [formatOf(field.type), field.isPii ? 'personal data' : null];
  const fact = facts.filter((part) => part !== null).join(', ');
  const tail = fact === '' ? '' : ` // ${fact}`;
  const comment = docComment(field.description, '  ');
  return `${comment}  readonly ${propertyName(field.name)}${mark}: ${type};${tail}\n`;
}

function fieldType(type: FieldType, types: Identifiers): string {
  switch (type.kind) {
    case 'primitive':
      return primitiveType(type.name);
    case 'named':
      return types.get(type.name) ?? 'unknown';
    case 'list':
      return `readonly ${bracketed(type.of, types)}[]`;
    case 'map':
      return `{ readonly [key: string]: ${fieldType(type.of, types)} }`;
    case 'enum':
      return type.values.map(stringLiteral).join(' | ') || 'never';
    case 'nullable':
      return `${fieldType(type.of, types)} | null`;
    case 'union':
      return [...new Set(type.of.map((one) => fieldType(one, types)))].join(
        ' | ',
      );
    case 'schema':
      return schemaType(type.schema, types);
    default:
      return type satisfies never;
  }
}

/** An array of a union or of an array needs brackets around what it holds. */
function bracketed(type: FieldType, types: Identifiers): string {
  const written = fieldType(type, types);
  return /^[\w$]+$/.test(written) ? written : `(${written})`;
}

function primitiveType(
  name: Extract<FieldType, { kind: 'primitive' }>['name'],
): string {
  switch (name) {
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'any':
      return 'unknown';
    case 'string':
    case 'uuid':
    case 'date':
    case 'date-time':
    case 'email':
    case 'uri':
    case 'bytes':
      return 'string';
    default:
      return name satisfies never;
  }
}

/** The part of a type that TypeScript does not say. */
function formatOf(type: FieldType): string | null {
  if (type.kind === 'list' || type.kind === 'map' || type.kind === 'nullable')
    return formatOf(type.of);
  if (type.kind === 'union')
    return type.of.some((one) => formatOf(one) !== null)
      ? type.of.map(typeText).join(' or ')
      : null;
  if (type.kind !== 'primitive') return null;
  if (type.name === 'bytes') return 'base64';
  const said = ['string', 'number', 'boolean', 'any'];
  return said.includes(type.name) ? null : type.name;
}
