// Random JSON Schemas in the words of draft-07, with the habits of that time: definitions by pointer, by `$id` and by anchor,
// tuples, dependencies, and keywords beside `$ref` or from later drafts, which that draft ignores.
// Shares no code with the reader of schemas that it tests.
import * as fc from 'fast-check';
import type { AnySchema } from './random-schemas.ts';
import { randomSchemas } from './random-schemas.ts';

/** How the definitions of one schema are named and referred to. */
interface Habit {
  readonly base: string | null;
  readonly one: 'pointer' | 'anchor' | 'id';
  readonly siblings: Readonly<Record<string, unknown>>;
  readonly keepsLater: boolean;
}

const habits: fc.Arbitrary<Habit> = fc.record({
  base: fc.constantFrom(null, 'https://shop.test/schemas/order.json'),
  one: fc.constantFrom('pointer', 'anchor', 'id'),
  siblings: fc.constantFrom<Record<string, unknown>>(
    {},
    { description: 'said beside' },
    { minLength: 2 },
    // Not `type`: ajv looks at that one also where it is told to ignore what stands beside `$ref`.
    { maxItems: 0, properties: { a: { type: 'null' } } },
    { required: ['b'], definitions: { unused: { type: 'null' } } },
  ),
  keepsLater: fc.boolean(),
});

/** Makes a schema in draft-07, in which references lead by pointer, by `$id` or by anchor. */
export function randomDraft07(): fc.Arbitrary<Record<string, unknown>> {
  return fc.tuple(randomSchemas(), habits).map(([schema, habit]) => ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...(habit.base === null ? {} : { $id: habit.base }),
    ...(lowered(schema, possible(schema, habit)) as Record<string, unknown>),
  }));
}

const later = [
  'unevaluatedItems',
  'unevaluatedProperties',
  'minContains',
  'maxContains',
];

function lowered(schema: AnySchema, habit: Habit): unknown {
  if (typeof schema !== 'object') return schema;
  if (typeof schema['$ref'] === 'string')
    return { ...habit.siblings, $ref: refTo(schema['$ref'], habit) };
  const parts = Object.entries(schema)
    .filter(([keyword]) => habit.keepsLater || !later.includes(keyword))
    .map(([keyword, value]) => word(keyword, value, { schema, habit }));
  const joined: Record<string, unknown> = {};
  for (const part of parts)
    for (const [keyword, value] of Object.entries(part))
      joined[keyword] =
        keyword === 'dependencies'
          ? { ...(joined[keyword] as object | undefined), ...(value as object) }
          : value;
  return joined;
}

function word(
  keyword: string,
  value: unknown,
  { schema, habit }: { schema: object; habit: Habit },
): Record<string, unknown> {
  const inner = (part: unknown): unknown => lowered(part as AnySchema, habit);
  const each = (map: unknown): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(map as object).map(([name, part]) => [name, inner(part)]),
    );
  switch (keyword) {
    case 'prefixItems':
      return { items: (value as readonly unknown[]).map(inner) };
    case 'items':
      return 'prefixItems' in schema
        ? { additionalItems: inner(value) }
        : { items: inner(value) };
    case 'dependentRequired':
      return { dependencies: value };
    case 'dependentSchemas':
      return { dependencies: each(value) };
    case '$defs':
      return { definitions: named(each(value), habit) };
    case 'properties':
    case 'patternProperties':
      return { [keyword]: each(value) };
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return { [keyword]: (value as readonly unknown[]).map(inner) };
    case 'additionalProperties':
    case 'contains':
    case 'else':
    case 'if':
    case 'not':
    case 'propertyNames':
    case 'then':
      return { [keyword]: inner(value) };
    default:
      return { [keyword]: value };
  }
}

function named(
  definitions: Record<string, unknown>,
  { one }: Habit,
): Record<string, unknown> {
  const own = definitions['one'] as object;
  const names = {
    pointer: {},
    anchor: { $id: '#one' },
    id: { $id: 'one.json' },
  };
  return one === 'pointer'
    ? definitions
    : { ...definitions, one: { ...names[one], ...own } };
}

function refTo(ref: string, { one }: Habit): string {
  const refs = { pointer: '#/definitions/one', anchor: '#one', id: 'one.json' };
  return ref === '#/$defs/one'
    ? refs[one]
    : ref.replace('$defs', 'definitions');
}

/** A boolean has no place for a name, and from a document of its own no reference reaches out by pointer. */
function possible(schema: AnySchema, habit: Habit): Habit {
  const definitions = (schema as { readonly $defs?: Record<string, unknown> })
    .$defs;
  const one = definitions?.['one'];
  const isNamed =
    typeof one === 'object' &&
    one !== null &&
    !('$ref' in one) &&
    (habit.one !== 'id' ||
      (habit.base !== null && !JSON.stringify(one).includes('$ref')));
  return isNamed ? habit : { ...habit, one: 'pointer' };
}
