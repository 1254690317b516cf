// Pairs of schemas whose verdict takes more than comparing keyword with keyword.
import type { AnySchema } from './random-schemas.ts';

/** A rule: `wide` reads `narrow`; the reverse fails with that kind at that path of the payload. */
export type CompatibilityCase = readonly [
  rule: string,
  wide: AnySchema,
  narrow: AnySchema,
  kind: string,
  path: string,
];

const text = (more: object = {}): AnySchema => ({ type: 'string', ...more });

/** Cases that rest on what expressions, exclusions, ranges and conditions mean. */
export const DECIDED_CASES: readonly CompatibilityCase[] = [
  [
    'a looser pattern',
    text({ pattern: '^[A-Z]{2,4}$' }),
    text({ pattern: '^[A-Z]{3}$' }),
    'pattern-changed',
    '',
  ],
  [
    'less that a list has to contain',
    { type: 'array', contains: { type: 'number', minimum: 5 } },
    { type: 'array', contains: { type: 'number', minimum: 10 } },
    'contains-narrowed',
    '',
  ],
  [
    'fewer that a list has to contain',
    { type: 'array', contains: { type: 'number' } },
    { type: 'array', contains: { type: 'number' }, minContains: 2 },
    'contains-narrowed',
    '',
  ],
  [
    'a condition on a member taken away',
    { dependentSchemas: { a: { required: ['c'] } } },
    { dependentSchemas: { a: { required: ['c'] }, b: { required: ['d'] } } },
    'property-required',
    '/d',
  ],
  [
    'a rule for names taken away',
    { patternProperties: { '^a': text() } },
    { patternProperties: { '^a': text(), '^b': { type: 'number' } } },
    'type-narrowed',
    '/*',
  ],
  [
    'a narrower exclusion',
    { not: { type: 'integer' } },
    { not: { type: 'number' } },
    'exclusion-added',
    '',
  ],
  [
    'an exclusion in other words',
    text({ minLength: 1 }),
    text({ not: { enum: ['', 'a'] } }),
    'exclusion-added',
    '',
  ],
  [
    'a range in two parts that touch',
    {
      anyOf: [
        { type: 'integer', minimum: 0, maximum: 10 },
        { type: 'integer', minimum: 11 },
      ],
    },
    { type: 'integer', minimum: 1 },
    'minimum-raised',
    '',
  ],
  [
    'one more variant, where nothing says that variants are objects',
    {
      oneOf: ['a', 'b', 'c'].map((tag) => ({
        properties: { kind: { const: tag } },
        required: ['kind'],
      })),
    },
    {
      oneOf: ['a', 'b'].map((tag) => ({
        properties: { kind: { const: tag } },
        required: ['kind'],
      })),
    },
    'alternative-removed',
    '',
  ],
];
