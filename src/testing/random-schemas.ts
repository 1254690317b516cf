// Random JSON Schemas: the raw material of the oracle test.
// Shares no code with the checker it tests.
import * as fc from 'fast-check';

/** A schema as plain data. */
export type AnySchema = boolean | { readonly [keyword: string]: unknown };

/** An arbitrary of schemas. */
export type Arb = fc.Arbitrary<AnySchema>;

/** Member names, few enough for random schemas to meet. */
export const NAMES: readonly string[] = ['a', 'b', 'c', 'd', 'xa'];
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  2,
  5,
  0.5,
  '',
  'a',
  'ab',
  'b',
  '7',
];
/** Expressions, some of which include others; the last ones say more than automata can. */
export const PATTERNS: readonly string[] = [
  '^a',
  '^[a-c]+$',
  '^[a-c]{1,2}$',
  '^[a-c]{2}$',
  'b',
  '^\\d+$',
  '^(a|b)$',
  '^(?:ab?|ba)$',
  '^[^b]*$',
  '^$|^b',
  'a$',
  '^(?!b)[a-c]+$',
  '^(.)\\1$',
];
/** The last one is known to nobody. */
const FORMATS = ['uuid', 'date', 'date-time', 'email', 'uri', 'ipv6', 'sku'];

const CONDITION = ['if', 'then', 'else'];

/** Keeps some members of a record, so that every keyword is there only now and then. */
function some(
  record: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(record, { requiredKeys: [] }).chain((full) => {
    const keys = Object.keys(full);
    return fc
      .subarray(keys, { maxLength: Math.min(3, keys.length) })
      .map((kept) => Object.fromEntries(kept.map((key) => [key, full[key]])));
  });
}

const text: Arb = some({
  minLength: fc.nat(3),
  maxLength: fc.integer({ min: 1, max: 4 }),
  pattern: fc.constantFrom(...PATTERNS),
  not: fc.oneof(
    fc.constantFrom<unknown>({ const: '' }, { enum: ['a', 'b'] }),
    fc.constantFrom(...PATTERNS).map((pattern) => ({ pattern })),
  ),
}).map((rest) => ({ type: 'string', ...rest }));

const ranges: Arb = fc
  .tuple(
    fc.constantFrom('integer', 'number'),
    fc.integer({ min: 0, max: 5 }),
    fc.constantFrom(0, 1),
  )
  .map(([type, edge, gap]) => ({
    anyOf: [
      { type, minimum: -2, maximum: edge },
      { type, minimum: edge + gap },
    ],
  }));

const excluded: Arb = fc
  .constantFrom('number', 'integer', 'string', 'object')
  .map((type) => ({ not: { type } }));

const formatted: Arb = fc
  .constantFrom(...FORMATS)
  .map((format) => ({ type: 'string', format }));

const numeric: Arb = fc
  .tuple(
    fc.constantFrom('integer', 'number'),
    some({
      minimum: fc.integer({ min: -4, max: 4 }),
      maximum: fc.integer({ min: 0, max: 9 }),
      exclusiveMinimum: fc.integer({ min: -4, max: 4 }),
      exclusiveMaximum: fc.integer({ min: 0, max: 9 }),
      multipleOf: fc.constantFrom(1, 2, 3, 4, 0.5),
    }),
  )
  .map(([type, rest]) => ({ type, ...rest }));

const listed: Arb = fc.oneof(
  fc
    .uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 })
    .map((values) => ({ enum: values })),
  fc
    .uniqueArray(fc.constantFrom('a', 'b', 'ab', 'c'), { minLength: 1 })
    .map((values) => ({ type: 'string', enum: values })),
  fc.constantFrom(...VALUES).map((value) => ({ const: value })),
);

/** Schemas without sub-schemas. */
export const plain: Arb = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 4, arbitrary: numeric },
  { weight: 3, arbitrary: listed },
  { weight: 1, arbitrary: formatted },
  { weight: 1, arbitrary: ranges },
  { weight: 1, arbitrary: excluded },
  { weight: 1, arbitrary: fc.constant({ type: 'boolean' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { type: ['string', 'null'] },
      { type: ['integer', 'boolean'] },
      { type: 'null' },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<AnySchema>(true, {}, false) },
);

function array(inner: Arb): Arb {
  return fc
    .tuple(
      fc.option(inner, { nil: undefined, freq: 6 }),
      fc.option(fc.array(inner, { minLength: 1, maxLength: 2 }), {
        nil: undefined,
        freq: 1,
      }),
      some({
        minItems: fc.nat(2),
        maxItems: fc.nat(3),
        uniqueItems: fc.boolean(),
        contains: inner,
        minContains: fc.nat(2),
        maxContains: fc.integer({ min: 1, max: 2 }),
        unevaluatedItems: fc.constant(false),
      }),
    )
    .map(([items, prefixItems, rest]) =>
      clean({ type: 'array', items, prefixItems, ...rest }),
    );
}

function object(inner: Arb): Arb {
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES), inner, { maxKeys: 3 }),
      fc.subarray([...NAMES], { maxLength: 2 }),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 3, arbitrary: fc.constant<AnySchema>(false) },
        { weight: 1, arbitrary: inner },
      ),
      fc.option(
        some({
          minProperties: fc.nat(2),
          maxProperties: fc.integer({ min: 1, max: 3 }),
          dependentRequired: fc.constantFrom<unknown>(
            { a: ['b'] },
            { b: ['c'] },
            { a: ['c'], c: ['b'] },
          ),
          dependentSchemas: fc.dictionary(
            fc.constantFrom('a', 'b', 'c'),
            inner,
            { minKeys: 1, maxKeys: 2 },
          ),
          patternProperties: fc.dictionary(
            fc.constantFrom('^x', '^[bc]$', 'a$'),
            inner,
            { minKeys: 1, maxKeys: 2 },
          ),
          propertyNames: fc.constantFrom<AnySchema>(
            { maxLength: 1 },
            { pattern: '^[a-c]' },
            { enum: ['a', 'b'] },
          ),
          unevaluatedProperties: fc.constant(false),
        }),
        { nil: {}, freq: 2 },
      ),
    )
    .map(([properties, names, additionalProperties, rest]) => {
      // Mostly declared members are required, as in real payloads.
      const required = names.filter(
        (name, index) => Object.hasOwn(properties, name) || index === 1,
      );
      return clean({
        type: 'object',
        properties: { ...properties },
        required,
        additionalProperties,
        ...rest,
      });
    });
}

function choice(inner: Arb): Arb {
  const options = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    options.map((anyOf) => ({ anyOf })),
    options.map((oneOf) => ({ oneOf })),
    options.map((allOf) => ({ allOf })),
    fc
      .tuple(object(inner), options)
      .map(([base, anyOf]) => ({ ...(base as object), anyOf })),
    fc
      .tuple(object(inner), options)
      .map(([base, allOf]) => ({ ...(base as object), allOf })),
    fc.tuple(plain, inner).map(([base, not]) => ({
      ...(typeof base === 'boolean' ? {} : base),
      not,
    })),
    fc
      .tuple(inner, inner, inner)
      .map(([test, yes, no]) =>
        Object.fromEntries(
          [test, yes, no].map((part, index) => [CONDITION[index], part]),
        ),
      ),
    tagged(inner),
  );
}

/** A union of objects told apart by a tag, as events with variants are written. */
function tagged(inner: Arb): Arb {
  const variant = (tag: string): fc.Arbitrary<Record<string, unknown>> =>
    inner.map((schema) => ({
      type: 'object',
      properties: { kind: { const: tag }, a: schema },
      required: ['kind'],
      ...(tag === 'one' ? { additionalProperties: false } : {}),
    }));
  // Some leave out that their variants are objects.
  return fc
    .tuple(variant('one'), variant('two'), fc.boolean())
    .map(([one, two, isTyped]) => ({
      oneOf: [one, two].map(({ type, ...rest }) =>
        isTyped ? { type, ...rest } : rest,
      ),
    }));
}

function nested(depth: number): Arb {
  if (depth === 0) return plain;
  const inner = fc.oneof(
    { weight: 5, arbitrary: plain },
    { weight: 3, arbitrary: nested(depth - 1) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<AnySchema>(
        { $ref: '#/$defs/one' },
        { $ref: '#/$defs/two' },
      ),
    },
  );
  return fc.oneof(
    { weight: 6, arbitrary: object(inner) },
    { weight: 2, arbitrary: array(inner) },
    { weight: 2, arbitrary: choice(inner) },
    { weight: 1, arbitrary: plain },
  );
}

/** Makes schemas with two definitions, which may be recursive. */
export function randomSchemas(): fc.Arbitrary<AnySchema> {
  return fc.tuple(nested(2), nested(1), nested(1)).map(([root, one, two]) => {
    const body = typeof root === 'boolean' ? { type: 'object' } : root;
    return usesDefinitions([body, one, two])
      ? { ...body, $defs: { one: guarded(one), two: guarded(two) } }
      : body;
  });
}

/** A definition that refers to definitions in place could go round in circles; those are no useful schemas. */
function guarded(schema: AnySchema): AnySchema {
  return /"(?:allOf|anyOf|oneOf|not|if|then|else|dependentSchemas)":/.test(
    JSON.stringify(schema),
  ) && usesDefinitions(schema)
    ? { type: 'array', items: { type: 'string' } }
    : schema;
}

function usesDefinitions(part: unknown): boolean {
  return JSON.stringify(part).includes('$ref');
}

function clean(record: Record<string, unknown>): AnySchema {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  );
}
