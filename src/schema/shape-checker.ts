// Values against shapes in payload shorthand, field by field. The same verdict as ajv has of the compiled schema,
// closed, without loading and compiling it: examples are checked in every run.
import { fullFormats } from 'ajv-formats/dist/formats.js';
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { child } from '../core/pointer.ts';
import { nearest } from '../core/text.ts';
import type { SharedType } from '../model/model.ts';
import {
  typeText,
  type Field,
  type FieldType,
  type Primitive,
} from '../model/payload.ts';

export interface Refusal {
  /** Where in the value, as a JSON Pointer. */
  readonly at: string;
  readonly reason: string;
  /** `key` when the field should not be there, so that its name is meant. */
  readonly part?: 'key';
}

/** Checks a value against fields. `typeOf` finds shared types, none of which may be JSON Schema. */
export function checkFields(
  value: JsonValue,
  fields: readonly Field[],
  typeOf: (name: string) => SharedType | undefined,
): readonly Refusal[] {
  return fieldRefusals({ value, at: '' }, fields, typeOf);
}

interface Found {
  readonly value: JsonValue;
  readonly at: string;
}

type TypeOf = (name: string) => SharedType | undefined;

function fieldRefusals(
  found: Found,
  fields: readonly Field[],
  typeOf: TypeOf,
): readonly Refusal[] {
  const { value, at } = found;
  if (!isJsonObject(value)) return [{ at, reason: 'it has to be a mapping' }];
  const known = new Set(fields.map(({ name }) => name));
  const strangers = Object.keys(value).filter((name) => !known.has(name));
  const absent = fields
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(value, name));
  const meant = new Map(
    strangers.map((name) => [name, nearest(name, absent)] as const),
  );
  // A mistyped field is told as that, and not also as the one that is missing.
  const isMeant = ({ name }: Field): boolean =>
    [...meant.values()].includes(name);
  return [
    ...fields
      .filter((field) => !isMeant(field))
      .flatMap((field) => memberRefusals({ value, at }, field, typeOf)),
    ...strangers.map((name) => {
      const near = meant.get(name) ?? null;
      const advice = near === null ? '' : `; did you mean "${near}"?`;
      return {
        at: child(at, name),
        part: 'key' as const,
        reason: `"${name}" is not a field of it${advice}`,
      };
    }),
  ];
}

function memberRefusals(
  owner: { value: JsonObject; at: string },
  field: Field,
  typeOf: TypeOf,
): readonly Refusal[] {
  const value = own(owner.value, field.name);
  if (value !== undefined)
    return typeRefusals(
      { value, at: child(owner.at, field.name) },
      field.type,
      typeOf,
    );
  return field.isRequired
    ? [{ at: owner.at, reason: `"${field.name}" is missing` }]
    : [];
}

function typeRefusals(
  found: Found,
  type: FieldType,
  typeOf: TypeOf,
): readonly Refusal[] {
  const { value, at } = found;
  switch (type.kind) {
    case 'primitive':
      return primitiveRefusals(found, type.name);
    case 'named':
      return fieldRefusals(
        found,
        typeOf(type.name)?.shape.fields ?? [],
        typeOf,
      );
    case 'list':
      if (!Array.isArray(value)) return [{ at, reason: 'it has to be a list' }];
      return (value as readonly JsonValue[]).flatMap((item, index) =>
        typeRefusals({ value: item, at: child(at, index) }, type.of, typeOf),
      );
    case 'map':
      if (!isJsonObject(value))
        return [{ at, reason: 'it has to be a mapping' }];
      return Object.entries(value).flatMap(([name, item]) =>
        typeRefusals({ value: item, at: child(at, name) }, type.of, typeOf),
      );
    case 'enum':
      return typeof value === 'string' && type.values.includes(value)
        ? []
        : [{ at, reason: `it has to be one of ${type.values.join(', ')}` }];
    case 'nullable':
      return value === null ? [] : typeRefusals(found, type.of, typeOf);
    case 'union':
      return unionRefusals(found, type, typeOf);
    case 'schema':
      return [];
    default:
      return type satisfies never;
  }
}

function unionRefusals(
  found: Found,
  union: Extract<FieldType, { kind: 'union' }>,
  typeOf: TypeOf,
): readonly Refusal[] {
  const isAccepted = union.of.some(
    (type) => typeRefusals(found, type, typeOf).length === 0,
  );
  return isAccepted
    ? []
    : [{ at: found.at, reason: `it is none of ${typeText(union)}` }];
}

function primitiveRefusals(
  { value, at }: Found,
  name: Primitive,
): readonly Refusal[] {
  switch (name) {
    case 'any':
      return [];
    case 'boolean':
      return typeof value === 'boolean'
        ? []
        : [{ at, reason: 'it has to be true or false' }];
    case 'number':
      return typeof value === 'number'
        ? []
        : [{ at, reason: `it has to be a number${beyond(value)}` }];
    case 'integer':
      return Number.isInteger(value)
        ? []
        : [{ at, reason: `it has to be a whole number${beyond(value)}` }];
    default:
      return textRefusals({ value, at }, name);
  }
}

function textRefusals(
  { value, at }: Found,
  name: Primitive,
): readonly Refusal[] {
  if (typeof value !== 'string') return [{ at, reason: 'it has to be a text' }];
  if (name === 'string' || name === 'bytes') return [];
  return isFormatted(value, name)
    ? []
    : [{ at, reason: `it is not a valid ${name}` }];
}

type Format = 'date' | 'date-time' | 'email' | 'uri' | 'uuid';

/** The formats of ajv-formats, which is what consumers check with. */
function isFormatted(value: string, name: string): boolean {
  // Only the five formatted primitives come here.
  const format: unknown = fullFormats[name as Format];
  if (format instanceof RegExp) return format.test(value);
  if (typeof format === 'function')
    return Boolean((format as (text: string) => unknown)(value));
  const { validate } = format as {
    readonly validate: RegExp | ((text: string) => boolean);
  };
  return validate instanceof RegExp ? validate.test(value) : validate(value);
}

/** A number that no program counts has become a text. */
const beyond = (value: JsonValue): string =>
  value === 'Infinity' || value === '-Infinity'
    ? ' between -1.8e308 and 1.8e308'
    : '';
