// Payloads in shorthand and JSON Schema, shared types, and examples that their payloads accept.
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Names } from './random-names.ts';
import type { RandomSource } from './random-source.ts';

export interface Payloads {
  readonly types: JsonObject | undefined;
  /** Fields in shorthand; `id` is a required one of them. */
  readonly fields: () => JsonObject;
  /** Few specs have authored JSON Schema: compiling it takes most of the time of a check. */
  readonly hasSchemas: boolean;
  readonly exampleOf: (fields: JsonObject) => JsonObject;
  /** JSON Schema with the required property `id`. */
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
  [
    'total',
    'constructor',
    'hasOwnProperty',
    'toString',
    'class',
    'Order',
    'items',
  ],
  ['_private', 'type', 'description', 'payload', 'a1', 'default', 'eventType'],
].flat();

/** Makes the payloads of one spec. */
export function randomPayload(
  random: RandomSource,
  names: Names,
  text: () => string,
): Payloads {
  const hasSchemas = random.chance(0.15);
  const { types, known } = randomTypes(random, names, { text, hasSchemas });
  const fieldsOf = (usable: ReadonlyMap<string, JsonValue>): JsonObject =>
    randomFields(random, [...usable.keys()], text);
  const exampleOf = (fields: JsonObject): JsonObject =>
    exampleFields(fields, known);
  return {
    types,
    hasSchemas,
    fields: () => ({ id: 'uuid', ...fieldsOf(known) }),
    exampleOf,
    schema: () => randomSchema(random, [...known.keys()], text),
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
    if (shape === 0 && random.chance(0.5)) known.set(name, enumeration(text));
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
    else known.set(name, randomFields(random, earlier, text));
  }
  return {
    types: known.size === 0 ? undefined : Object.fromEntries(known),
    known,
  };
}

/** Values of an enumeration hold no "|", "<" or line end, and differ. */
function enumeration(text: () => string): string {
  const values = [text(), text(), 'open']
    .map((value) => value.replaceAll(/[|<>\s\p{Cc}]+/gu, ' ').trim())
    .filter((value) => value !== '');
  return [...new Set([...values, 'closed'])].join(' | ');
}

function randomFields(
  random: RandomSource,
  types: readonly string[],
  text: () => string,
): JsonObject {
  const chosen = random.some(fieldNames, 1, 5);
  return Object.fromEntries(
    chosen.map((name): [string, JsonValue] => {
      const type = randomType(random, types, text);
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
  switch (random.int(0, 8)) {
    case 0:
      return `list<${random.pick(simple)}>`;
    case 1:
      return `${random.pick(simple)}[]`;
    case 2:
      return `map<list<${random.pick(simple)}>>`;
    case 3:
      return enumeration(text);
    case 4:
      return `${random.pick(simple.filter((one) => one !== 'any'))} | null`;
    case 5:
      return `integer | list<${random.pick(simple)}>`;
    case 6:
      return random.pick([
        'list<integer | boolean | null>',
        'map<uuid | number> | null',
        `null | ${enumeration(text)}`,
      ]);
    default:
      return random.pick(simple);
  }
}

function randomSchema(
  random: RandomSource,
  types: readonly string[],
  text: () => string,
): JsonObject {
  const of: JsonValue =
    types.length > 0 && random.chance(0.5)
      ? { $ref: `#/types/${random.pick(types)}` }
      : { $ref: '#/$defs/Part' };
  return {
    title: text(),
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid', description: text() },
      part: of,
      status: { enum: ['open', 'closed'] },
      count: { type: 'integer', minimum: 0 },
    },
    required: ['id'],
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
