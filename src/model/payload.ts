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
