// Pairs of schemas of which one reads the other and not the reverse.
import { DECIDED_CASES, type CompatibilityCase } from './decided-cases.ts';
import type { AnySchema } from './random-schemas.ts';

/** An object schema with the given members. */
export function order(
  properties: Readonly<Record<string, AnySchema>>,
  more: object = {},
): AnySchema {
  return { type: 'object', properties, ...more };
}

/** A schema of texts. */
export function text(more: object = {}): AnySchema {
  return { type: 'string', ...more };
}

/** Keywords of an object that accepts no other members. */
export const closed: { readonly additionalProperties: boolean } = {
  additionalProperties: false,
};
const line = order(
  { sku: text(), quantity: { type: 'integer' } },
  { required: ['sku'] },
);
const tree = (value: AnySchema): AnySchema => ({
  $ref: '#/$defs/category',
  $defs: {
    category: order({
      code: value,
      parts: { type: 'array', items: { $ref: '#/$defs/category' } },
    }),
  },
});
const paid = order(
  { kind: { const: 'paid' }, amount: { type: 'number' } },
  { required: ['kind'] },
);
const refused = order(
  { kind: { const: 'refused' }, reason: text() },
  { required: ['kind'] },
);
const expired = order({ kind: { const: 'expired' } }, { required: ['kind'] });

/** One case for each rule of schema evolution, written from the rules of JSON Schema. */
export const COMPATIBILITY_CASES: readonly CompatibilityCase[] = [
  ...DECIDED_CASES,
  [
    'a wider type',
    { type: 'number' },
    { type: 'integer' },
    'type-narrowed',
    '',
  ],
  [
    'a longer list of types',
    { type: ['string', 'null'] },
    text(),
    'type-narrowed',
    '',
  ],
  ['anything', {}, text(), 'type-narrowed', ''],
  [
    'a longer enumeration',
    { enum: ['open', 'paid'] },
    { enum: ['paid'] },
    'enum-narrowed',
    '',
  ],
  [
    'an enumeration opened to any text',
    text(),
    text({ enum: ['paid'] }),
    'enum-narrowed',
    '',
  ],
  ['a constant opened', text(), { const: 'paid' }, 'constant-changed', ''],
  [
    'a higher maximum',
    { type: 'number', maximum: 9 },
    { type: 'number', maximum: 5 },
    'maximum-lowered',
    '',
  ],
  [
    'a lower minimum',
    { type: 'number' },
    { type: 'number', minimum: 0 },
    'minimum-raised',
    '',
  ],
  [
    'an included limit',
    { type: 'number', minimum: 0 },
    { type: 'number', exclusiveMinimum: 0 },
    'minimum-raised',
    '',
  ],
  [
    'an upper limit included',
    { maximum: 3 },
    { exclusiveMaximum: 3 },
    'maximum-lowered',
    '',
  ],
  [
    'a divisor of the step',
    { type: 'integer', multipleOf: 2 },
    { type: 'integer', multipleOf: 4 },
    'multiple-of-changed',
    '',
  ],
  [
    'a longer text',
    text({ maxLength: 9 }),
    text({ maxLength: 5 }),
    'max-length-lowered',
    '',
  ],
  ['a shorter text', text(), text({ minLength: 2 }), 'min-length-raised', ''],
  [
    'a pattern removed',
    text(),
    text({ pattern: '^[A-Z]{3}$' }),
    'pattern-changed',
    '',
  ],
  ['a format removed', text(), text({ format: 'uuid' }), 'format-changed', ''],
  [
    'more items',
    { type: 'array', maxItems: 3 },
    { type: 'array', maxItems: 1 },
    'max-items-lowered',
    '',
  ],
  [
    'fewer items',
    { type: 'array' },
    { type: 'array', minItems: 1 },
    'min-items-raised',
    '',
  ],
  [
    'equal items',
    { type: 'array' },
    { type: 'array', uniqueItems: true },
    'unique-items-added',
    '',
  ],
  [
    'wider items',
    { type: 'array', items: { type: 'number' } },
    { type: 'array', items: { type: 'integer' } },
    'type-narrowed',
    '/*',
  ],
  [
    'a wider first item',
    { type: 'array', prefixItems: [{}] },
    { type: 'array', prefixItems: [text()] },
    'type-narrowed',
    '/0',
  ],
  [
    'items after the prefix',
    { prefixItems: [text()] },
    { prefixItems: [text()], items: false },
    'items-removed',
    '/*',
  ],
  [
    'a requirement dropped',
    order({ id: text() }),
    order({ id: text() }, { required: ['id'] }),
    'property-required',
    '/id',
  ],
  [
    'a wider member',
    order({ total: { type: 'number' } }),
    order({ total: { type: 'integer' } }),
    'type-narrowed',
    '/total',
  ],
  [
    'a member dropped from an open object',
    order({}),
    order({ note: text() }),
    'property-added-to-open-model',
    '/note',
  ],
  [
    'a member added to a closed object',
    order({ id: text(), note: text() }, closed),
    order({ id: text() }, closed),
    'property-removed',
    '/note',
  ],
  [
    'a closed object opened',
    order({ id: text() }),
    order({ id: text() }, closed),
    'additional-properties-narrowed',
    '/*',
  ],
  [
    'a map of wider values',
    { additionalProperties: { type: 'number' } },
    { additionalProperties: { type: 'integer' } },
    'type-narrowed',
    '/*',
  ],
  [
    'a wider pattern of members',
    { patternProperties: { '^x-': {} } },
    { patternProperties: { '^x-': text() } },
    'type-narrowed',
    '/*',
  ],
  [
    'unevaluated members allowed',
    { allOf: [order({ id: text() })] },
    { allOf: [order({ id: text() })], unevaluatedProperties: false },
    'additional-properties-narrowed',
    '/*',
  ],
  [
    'fewer members wanted',
    { type: 'object' },
    { type: 'object', minProperties: 1 },
    'min-properties-raised',
    '',
  ],
  [
    'more members allowed',
    { type: 'object', maxProperties: 2 },
    { type: 'object', maxProperties: 1 },
    'max-properties-lowered',
    '',
  ],
  [
    'a dependency dropped',
    { type: 'object' },
    { type: 'object', dependentRequired: { card: ['holder'] } },
    'dependency-added',
    '',
  ],
  [
    'free member names',
    { type: 'object' },
    { type: 'object', propertyNames: { maxLength: 1 } },
    'property-name-narrowed',
    '',
  ],
  [
    'a nested member',
    order({ lines: { type: 'array', items: line } }),
    order({
      lines: {
        type: 'array',
        items: { allOf: [line], required: ['quantity'] },
      },
    }),
    'property-required',
    '/lines/*/quantity',
  ],
  [
    'an alternative added',
    { oneOf: [paid, refused, expired] },
    { oneOf: [paid, refused] },
    'alternative-removed',
    '',
  ],
  [
    'an alternative added to anyOf',
    { anyOf: [text(), { type: 'null' }] },
    { anyOf: [text()] },
    'alternative-removed',
    '',
  ],
  [
    'overlapping alternatives allowed',
    { anyOf: [{ type: 'integer' }, { type: 'number', minimum: 0 }] },
    { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 0 }] },
    'alternatives-overlap',
    '',
  ],
  [
    'a wider alternative',
    {
      oneOf: [
        { ...(paid as object), properties: { kind: { const: 'paid' } } },
        refused,
      ],
    },
    { oneOf: [paid, refused] },
    'property-added-to-open-model',
    '/amount',
  ],
  [
    'a part of allOf dropped',
    { allOf: [text()] },
    { allOf: [text(), { maxLength: 3 }] },
    'max-length-lowered',
    '',
  ],
  [
    'an exclusion dropped',
    text(),
    { type: 'string', not: { const: '' } },
    'exclusion-added',
    '',
  ],
  [
    'a wider recursive type',
    tree(text()),
    tree(text({ maxLength: 3 })),
    'max-length-lowered',
    '/code',
  ],
  [
    'a condition dropped',
    order({ a: text() }),
    {
      ...(order({ a: text() }) as object),
      if: { required: ['a'] },
      else: { required: ['b'] },
    },
    'property-required',
    '/b',
  ],
];
