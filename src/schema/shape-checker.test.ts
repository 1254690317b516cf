import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../core/json.ts';
import { shapeSchema, typeSchemas } from '../model/json-schema.ts';
import type { SharedType } from '../model/model.ts';
import type { Field, FieldType, Primitive, Shape } from '../model/payload.ts';
import { payloadValidator } from './payload-validator.ts';
import { checkFields } from './shape-checker.ts';

const primitives: readonly Primitive[] = [
  'string',
  'integer',
  'number',
  'boolean',
  'uuid',
  'date',
  'date-time',
  'email',
  'uri',
  'bytes',
  'any',
];
// The schema of specs refuses `__proto__`, which ajv leaves out of `properties`.
const names = ['id', 'total', 'items', 'constructor'];

const { type: fieldType } = fc.letrec<{ type: FieldType }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .constantFrom(...primitives)
      .map((name): FieldType => ({ kind: 'primitive', name })),
    fc.constant<FieldType>({ kind: 'named', name: 'Address' }),
    fc.constant<FieldType>({ kind: 'enum', values: ['open', 'closed'] }),
    tie('type').map((of): FieldType => ({ kind: 'list', of })),
    tie('type').map((of): FieldType => ({ kind: 'map', of })),
  ),
}));

const fields: fc.Arbitrary<readonly Field[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom(...names),
      type: fieldType,
      isRequired: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 4 },
  )
  .map((list) =>
    list.map((field) => ({
      ...field,
      isPii: false,
      description: null,
      origin: '',
    })),
  );

const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<JsonValue>(
        '',
        'open',
        'text',
        '2026-06-01',
        '2026-13-01',
        '2026-06-01T10:00:00Z',
        'a@b.example',
        'https://example.org/a',
        '7b0f6f2e-8c1e-4f0e-9a58-1f8f6d1c2a33',
        'AAE=',
        0,
        1.5,
        -3,
        1e21,
        true,
        null,
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(...names, 'street', 'other'),
        tie('value'),
        { maxKeys: 4 },
      ),
    ),
  }),
).value;

const shapeOf = (list: readonly Field[]): Shape => ({
  fields: list,
  schema: null,
  origin: '',
});
const address: SharedType = {
  name: 'Address',
  description: null,
  shape: shapeOf([
    {
      name: 'street',
      type: { kind: 'primitive', name: 'string' },
      isRequired: true,
      isPii: false,
      description: null,
      origin: '',
    },
  ]),
  origin: '',
};

describe('checking a value against a shape', () => {
  it('agrees with ajv over the compiled schema', () => {
    const validate = payloadValidator();
    const types = typeSchemas([address]);
    const verdicts = { valid: 0, refused: 0 };
    fc.assert(
      fc.property(
        fields,
        fc.array(values, { minLength: 1, maxLength: 6 }),
        (list, some) => {
          const checks = validate(
            shapeSchema(types, shapeOf(list), 'closed'),
            some,
          );
          for (const [index, value] of some.entries()) {
            const refusals = checkFields(value, list, (name) =>
              name === 'Address' ? address : undefined,
            );
            const isValid = checks[index]?.kind === 'valid';
            verdicts[isValid ? 'valid' : 'refused'] += 1;
            expect(
              refusals.length === 0,
              JSON.stringify({ list, value, refusals }),
            ).toBe(isValid);
          }
        },
      ),
      { numRuns: 300, seed: 1 },
    );
    // Both verdicts have to have been met, or the agreement says nothing.
    expect(Math.min(verdicts.valid, verdicts.refused)).toBeGreaterThan(20);
  });
});
