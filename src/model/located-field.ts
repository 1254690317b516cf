// What is certain of the values of a field, and how that of its schemas comes together: of several that all hold, and of
// alternatives. Knows neither paths nor references.
import { own, type JsonObject, type JsonValue } from '../core/json.ts';

export type ValueType =
  'string' | 'integer' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/** What is certain of a field. */
export interface LocatedField {
  /** It and what leads to it are required in every alternative, and nothing that leads to it may be null. */
  readonly isRequired: boolean;
  /** The types that a value may have; all seven where nothing is said. */
  readonly types: ReadonlySet<ValueType>;
  /** How many values there are; null where that is not said. */
  readonly valueCount: number | null;
  /** Personal data, itself or something that it is in. */
  readonly isPii: boolean;
  /** Its format, or `bytes` for text that encodes them; null where none is said, or several are. */
  readonly format: string | null;
  /** The fields that are named inside it. */
  readonly members: readonly string[];
}

export const everyType: readonly ValueType[] = [
  'string',
  'integer',
  'number',
  'boolean',
  'null',
  'object',
  'array',
];

/** Of a field nothing is certain but that it is there. */
export const anything: LocatedField = {
  isRequired: true,
  types: new Set(everyType),
  valueCount: null,
  isPii: false,
  format: null,
  members: [],
};

/** Tells what a schema says itself, its references and combinations aside. */
export function factsOf(schema: JsonObject): LocatedField {
  const properties = own(schema, 'properties');
  return {
    isRequired: true,
    types: typesSaid(schema) ?? anything.types,
    valueCount: valuesOf(schema)?.length ?? null,
    isPii: own(schema, 'x-pii') === true,
    format: formatOf(schema),
    members:
      typeof properties === 'object' && properties !== null
        ? Object.keys(properties)
        : [],
  };
}

/** Tells what is certain of a value of which all of these hold; null for none. */
export function together(all: readonly LocatedField[]): LocatedField | null {
  const [first, ...others] = all;
  if (first === undefined) return null;
  return others.reduce<LocatedField>(
    (left, right) => ({
      isRequired: left.isRequired || right.isRequired,
      types: common(left.types, right.types),
      valueCount:
        left.valueCount === null || right.valueCount === null
          ? (left.valueCount ?? right.valueCount)
          : Math.min(left.valueCount, right.valueCount),
      isPii: left.isPii || right.isPii,
      format: left.format ?? right.format,
      members: [...new Set([...left.members, ...right.members])],
    }),
    first,
  );
}

/** Tells what is certain of a value of which one of these holds. */
export function either(all: readonly LocatedField[]): LocatedField {
  const counts = all.map(({ valueCount }) => valueCount);
  const formats = new Set(all.map(({ format }) => format));
  const [format] = formats;
  return {
    isRequired: all.every((one) => one.isRequired),
    types: new Set(all.flatMap(({ types }) => [...types])),
    valueCount: counts.includes(null)
      ? null
      : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    isPii: all.some(({ isPii }) => isPii),
    format: formats.size === 1 ? (format ?? null) : null,
    members: [...new Set(all.flatMap(({ members }) => members))],
  };
}

/** A whole number is a number: what takes numbers and whole numbers alone takes whole numbers. */
function common(
  left: ReadonlySet<ValueType>,
  right: ReadonlySet<ValueType>,
): ReadonlySet<ValueType> {
  const has = (types: ReadonlySet<ValueType>, type: ValueType): boolean =>
    types.has(type) || (type === 'integer' && types.has('number'));
  return new Set(
    everyType.filter((type) => has(left, type) && has(right, type)),
  );
}

function typesSaid(schema: JsonObject): ReadonlySet<ValueType> | null {
  const type = own(schema, 'type');
  const values = valuesOf(schema);
  const named =
    type === undefined
      ? null
      : // The validator has checked that these are names of types.
        new Set((Array.isArray(type) ? type : [type]) as ValueType[]);
  if (values === null) return named;
  const ofValues = new Set(values.map(typeOfValue));
  return named === null ? ofValues : common(named, ofValues);
}

function valuesOf(schema: JsonObject): readonly JsonValue[] | null {
  const constant = own(schema, 'const');
  if (constant !== undefined) return [constant];
  const values = own(schema, 'enum');
  return Array.isArray(values) ? (values as readonly JsonValue[]) : null;
}

function typeOfValue(value: JsonValue): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'object') return 'object';
  return typeof value === 'string' ? 'string' : 'boolean';
}

function formatOf(schema: JsonObject): string | null {
  const format = own(schema, 'format');
  if (typeof format === 'string') return format;
  return own(schema, 'contentEncoding') === undefined ? null : 'bytes';
}
