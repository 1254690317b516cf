// Payloads in shorthand and JSON Schema, shared types, and examples that their payloads accept.
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Names } from './random-names.ts';
import type { RandomSource } from './random-source.ts';

export interface Payloads {
  readonly types: JsonObject | undefined;
  /** The field that every payload has and that keys it. */
  readonly key: string;
  /** Fields in shorthand; the key is a required one of them. */
  readonly fields: () => JsonObject;
  /** Few specs have authored JSON Schema: compiling it takes most of the time of a check. */
  readonly hasSchemas: boolean;
  readonly exampleOf: (fields: JsonObject) => JsonObject;
  /** JSON Schema in which the key is required. */
  readonly schema: () => JsonObject;
}

const samples: Readonly<Record<string, JsonValue>> = {
  string: 'text',
  integer: 3,
  number: 9.5,
  boolean: true,
  uuid: '7b0f6f2e-8c1e-4f0e-9a58-1f8f6d1c2a33',
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'someone@shop.test',
  uri: 'https://shop.test/orders/1',
  bytes: 'aGVsbG8=',
  any: { free: [1, null] },
};
const fieldNames = [
  ['total', 'constructor', 'hasOwnProperty', 'toString', 'class', 'Order'],
  ['_private', 'type', 'description', 'payload', 'a1', 'default', 'eventType'],
  ['items', 'status', 'state', 'createdAt', 'at', 'time', 'data', 'source'],
  ['event', 'row', 'input', 'started', 'begun', 'headers', 'version', 'name'],
  ['order_id', 'orderId', 'OrderID', 'then', 'value', 'sql', 'this', '_'],
].flat();
/** What states of aggregates and values of enumerations are called. */
export const states = ['open', 'con', 'end', 'constructor', 'x', 'closed'];
const keyNames = ['id', 'id', 'id', 'orderId', 'key', 'subject', 'type', 'Id'];

/** Makes the payloads of one spec. */
export function randomPayload(
  random: RandomSource,
  names: Names,
  text: () => string,
): Payloads {
  const hasSchemas = random.chance(0.15);
  const { types, known } = randomTypes(random, names, { text, hasSchemas });
  const key = random.pick(keyNames);
  const keyType = random.pick(['uuid', 'uuid', 'string', 'integer', 'date']);
  const shared = [...known.keys()];
  // Most fields of one name have one type wherever they are, as in a real system: what one part tells, another takes.
  const usual = new Map(
    fieldNames.map((name) => [name, randomType(random, shared, text)]),
  );
  const typeOf = (name: string): string =>
    random.chance(0.7)
      ? (usual.get(name) ?? 'string')
      : randomType(random, shared, text);
  const exampleOf = (fields: JsonObject): JsonObject =>
    exampleFields(fields, known);
  return {
    types,
    key,
    hasSchemas,
    fields: () => ({
      [key]: keyType,
      ...randomFields(random, { text, typeOf, isFree: (name) => name !== key }),
    }),
    exampleOf,
    schema: () => randomSchema(random, { types: shared, key, text }),
  };
}

function randomTypes(
  random: RandomSource,
  names: Names,
  { text, hasSchemas }: { text: () => string; hasSchemas: boolean },
): { types: JsonObject | undefined; known: Map<string, JsonValue> } {
  const known = new Map<string, JsonValue>();
  for (const name of names.types) {
    // A type refers to earlier ones alone: a circle of required fields has no finite value.
    const earlier = [...known.keys()];
    const shape = random.int(hasSchemas ? 0 : 1, 4);
    // A type that is no mapping of fields compiles to JSON Schema as well.
    if (shape === 0 && random.chance(0.5))
      known.set(name, enumeration(random, text));
    else if (shape === 0)
      known.set(name, {
        description: text(),
        schema: { type: 'object', properties: { n: { type: 'number' } } },
      });
    else if (shape === 2)
      known.set(name, {
        label: 'string',
        'parent?': name,
        children: `${name}[]`,
      });
    else
      known.set(
        name,
        randomFields(random, {
          text,
          typeOf: () => randomType(random, earlier, text),
          isFree: () => true,
        }),
      );
  }
  return {
    types: known.size === 0 ? undefined : Object.fromEntries(known),
    known,
  };
}

/** Values of an enumeration hold no "|", "<" or line end, and differ. Some are the states of aggregates. */
function enumeration(random: RandomSource, text: () => string): string {
  if (random.chance(0.4)) return random.some(states, 2, 4).join(' | ');
  const values = [text(), text(), 'open']
    .map((value) => value.replaceAll(/[|<>\s\p{Cc}]+/gu, ' ').trim())
    .filter((value) => value !== '');
  return [...new Set([...values, 'closed'])].join(' | ');
}

interface FieldDraw {
  readonly text: () => string;
  readonly typeOf: (name: string) => string;
  readonly isFree: (name: string) => boolean;
}

function randomFields(
  random: RandomSource,
  { text, typeOf, isFree }: FieldDraw,
): JsonObject {
  const chosen = random.some(fieldNames.filter(isFree), 1, 9);
  return Object.fromEntries(
    chosen.map((name): [string, JsonValue] => {
      const type = typeOf(name);
      const written = random.chance(0.3) ? `${name}?` : name;
      if (random.chance(0.75)) return [written, type];
      const facts: Record<string, JsonValue> = { type };
      if (random.chance(0.6)) facts['pii'] = random.chance(0.5);
      if (random.chance(0.6)) facts['description'] = text();
      return [written, facts];
    }),
  );
}

function randomType(
  random: RandomSource,
  types: readonly string[],
  text: () => string,
): string {
  const simple = [...Object.keys(samples), ...types];
  switch (random.int(0, 10)) {
    case 0:
      return `list<${random.pick(simple)}>`;
    case 1:
      return `${random.pick(simple)}[]`;
    case 2:
      return `map<list<${random.pick(simple)}>>`;
    case 3:
      return enumeration(random, text);
    case 4:
      return `${random.pick(simple.filter((one) => one !== 'any'))} | null`;
    case 5:
      return `integer | list<${random.pick(simple)}>`;
    case 6:
      return random.pick([
        'list<integer | boolean | null>',
        'map<uuid | number> | null',
        `null | ${enumeration(random, text)}`,
      ]);
    case 7:
      return 'date-time';
    default:
      return random.pick(simple);
  }
}

interface SchemaDraw {
  readonly types: readonly string[];
  readonly key: string;
  readonly text: () => string;
}

function randomSchema(
  random: RandomSource,
  { types, key, text }: SchemaDraw,
): JsonObject {
  const of: JsonValue =
    types.length > 0 && random.chance(0.5)
      ? { $ref: `#/types/${random.pick(types)}` }
      : { $ref: '#/$defs/Part' };
  return {
    title: text(),
    type: 'object',
    properties: {
      [key]: { type: 'string', format: 'uuid', description: text() },
      part: of,
      status: { enum: ['open', 'closed'] },
      count: { type: 'integer', minimum: 0 },
    },
    required: [key],
    $defs: { Part: { type: 'object', properties: { x: { type: 'string' } } } },
  };
}

function exampleFields(
  fields: JsonObject,
  types: ReadonlyMap<string, JsonValue>,
): JsonObject {
  const required = Object.entries(fields).filter(
    ([name]) => !name.endsWith('?'),
  );
  return Object.fromEntries(
    required.map(([name, field]): [string, JsonValue] => [
      name,
      // A field is a text or a mapping with a text `type`.
      sampleOf(
        typeof field === 'string'
          ? field
          : ((field as JsonObject)['type'] as string),
        types,
      ),
    ]),
  );
}

function sampleOf(
  type: string,
  types: ReadonlyMap<string, JsonValue>,
): JsonValue {
  if (/^null \||\| null$/.test(type)) return null;
  if (type.startsWith('integer |')) return 7;
  if (type.endsWith('[]')) return [sampleOf(type.slice(0, -2), types)];
  const generic = /^(list|map)<(.*)>$/.exec(type);
  const inner = generic?.[2] ?? '';
  if (generic?.[1] === 'list') return [sampleOf(inner, types)];
  if (generic?.[1] === 'map') return { one: sampleOf(inner, types) };
  if (type.includes('|')) return (type.split('|', 1)[0] ?? '').trim();
  const shared = types.get(type);
  if (shared === undefined) return samples[type] ?? null;
  if (typeof shared === 'string') return sampleOf(shared, types);
  const schema = (shared as JsonObject)['schema'];
  if (typeof schema === 'object') return {};
  // The one recursive type: its lists may be empty.
  const fields = Object.fromEntries(
    Object.entries(shared as JsonObject).filter(
      ([, field]) => field !== `${type}[]`,
    ),
  );
  const isRecursive =
    Object.keys(fields).length < Object.keys(shared as JsonObject).length;
  return {
    ...exampleFields(fields, types),
    ...(isRecursive && { children: [] }),
  };
}
