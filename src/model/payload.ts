// Payload shapes: fields and their types, whether written as shorthand or as JSON Schema.
import type { JsonObject } from '../core/json.ts';
import type { Pointer } from '../core/pointer.ts';

export type Primitive =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'uuid'
  | 'date'
  | 'date-time'
  | 'email'
  | 'uri'
  | 'bytes'
  | 'any';

export type FieldType =
  | { readonly kind: 'primitive'; readonly name: Primitive }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list'; readonly of: FieldType }
  | { readonly kind: 'map'; readonly of: FieldType }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  /** Null, or what it is of. Invariant: that is no nullable itself. */
  | { readonly kind: 'nullable'; readonly of: FieldType }
  /** One of several types. Invariant: two or more, none of them nullable, a union, or covered by another. */
  | { readonly kind: 'union'; readonly of: readonly FieldType[] }
  /** JSON Schema that the shorthand has no word for. */
  | { readonly kind: 'schema'; readonly schema: JsonObject };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly isRequired: boolean;
  /** Personal data, as declared. */
  readonly isPii: boolean;
  readonly description: string | null;
  readonly origin: Pointer;
}

/**
 * The shape of a payload, header set, request, reply, read model or shared type.
 * `schema` is set when the author wrote JSON Schema (references into `types` as `#/$defs/<Type>`, files inlined);
 * `fields` is then what can be read off its `properties`.
 */
export interface Shape {
  readonly fields: readonly Field[];
  readonly schema: JsonObject | null;
  readonly origin: Pointer;
}

/** Gives what a type is when it is not null. */
export function withoutNull(type: FieldType): FieldType {
  return type.kind === 'nullable' ? type.of : type;
}

/** Lists the types that a type is made of at its surface: the alternatives of a union, else itself; null aside. */
export function alternativesOf(type: FieldType): readonly FieldType[] {
  const present = withoutNull(type);
  return present.kind === 'union' ? present.of : [present];
}

/** Writes a type as the shorthand does. */
export function typeText(type: FieldType): string {
  switch (type.kind) {
    case 'primitive':
    case 'named':
      return type.name;
    case 'list':
    case 'map':
      return `${type.kind}<${typeText(type.of)}>`;
    case 'enum':
      return type.values.join(' | ');
    case 'nullable':
      return `${typeText(type.of)} | null`;
    case 'union':
      return type.of.map(typeText).join(' | ');
    case 'schema':
      return 'JSON Schema';
    default:
      return type satisfies never;
  }
}
