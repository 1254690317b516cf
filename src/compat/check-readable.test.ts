// One case per rule, each in both directions: `wide` reads `narrow`, and `narrow` refuses something of `wide`.
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  closed,
  COMPATIBILITY_CASES,
  order,
  text,
} from '../testing/compatibility-cases.ts';
import { checkReadable } from './check-readable.ts';
import type { Policy } from './check-readable.ts';
import type { Schema } from './json-schema.ts';

const ajv = new Ajv2020({ strict: false });
ajvFormats.default(ajv);

describe('checkReadable', () => {
  it.each(COMPATIBILITY_CASES)(
    'reads the old payloads after %s',
    (_, wide, narrow) => {
      expect(checkReadable(wide, narrow, 'strict')).toMatchObject({
        verdict: 'compatible',
        incompatibilities: [],
      });
    },
  );

  it.each(COMPATIBILITY_CASES)(
    'reports the reverse of %s with a payload that ajv confirms',
    (_, wide, narrow, kind, path) => {
      const { verdict, incompatibilities } = checkReadable(
        narrow,
        wide,
        'strict',
      );
      const [first] = incompatibilities;
      expect({ verdict, kind: first?.kind, path: first?.path }).toEqual({
        verdict: 'incompatible',
        kind,
        path,
      });
      expect(first?.witness).toHaveProperty('payload');
      // The property has just been asserted.
      const payload = (
        first?.witness as { readonly payload: unknown } | undefined
      )?.payload;
      expect([
        ajv.validate(wide, payload),
        ajv.validate(narrow, payload),
      ]).toEqual([true, false]);
    },
  );

  it.each<readonly [string, Policy, Schema, Schema, string]>([
    [
      'an optional member added to an open object',
      'strict',
      order({ id: text(), note: text() }),
      order({ id: text() }),
      'incompatible',
    ],
    [
      'an optional member added to an open object',
      'lenient',
      order({ id: text(), note: text() }),
      order({ id: text() }),
      'compatible',
    ],
    [
      'a member dropped from a closed object',
      'strict',
      order({}, closed),
      order({ note: text() }, closed),
      'incompatible',
    ],
    [
      'a member dropped from a closed object',
      'lenient',
      order({}, closed),
      order({ note: text() }, closed),
      'compatible',
    ],
    [
      'a required member without default',
      'lenient',
      order({ id: text() }, { required: ['id'] }),
      order({}),
      'incompatible',
    ],
    [
      'a changed type',
      'lenient',
      order({ id: text() }),
      order({ id: { type: 'integer' } }),
      'incompatible',
    ],
    [
      'a map of other values',
      'lenient',
      { additionalProperties: text() },
      { additionalProperties: { type: 'integer' } },
      'incompatible',
    ],
  ])('judges %s under the %s policy', (_, policy, reader, writer, verdict) => {
    expect(checkReadable(reader, writer, policy).verdict).toBe(verdict);
  });

  it('lets a default stand in for a required member, and says so', () => {
    const reader = order(
      { currency: text({ default: 'EUR' }) },
      { required: ['currency'], ...closed },
    );
    expect(checkReadable(reader, order({}, closed), 'strict')).toEqual({
      verdict: 'compatible',
      incompatibilities: [],
      assumptions: [
        'the reader fills in the default of "/currency" where it is missing',
      ],
    });
  });

  it('does not trust a default that the member itself refuses', () => {
    const reader = order(
      { currency: text({ default: 978 }) },
      { required: ['currency'] },
    );
    expect(
      checkReadable(reader, order({ currency: text() }), 'strict').verdict,
    ).toBe('incompatible');
  });

  it('says that it does not know where one regular expression may include another', () => {
    const result = checkReadable(
      text({ pattern: '^[a-z]+$' }),
      text({ pattern: '^(?!x)[a-z]{2,3}$' }),
      'strict',
    );
    expect(result.verdict).toBe('unknown');
    expect(result.incompatibilities[0]?.witness).toEqual({
      missing:
        'whether one regular expression includes another is not decided, and no text tried tells them apart',
    });
  });

  it.each<readonly [string, Schema, Schema]>([
    [
      'a length that the pattern keeps anyway',
      text({ maxLength: 3 }),
      text({ pattern: '^[A-Z]{3}$' }),
    ],
    [
      'a member that another dependency brings along',
      { dependentRequired: { card: ['cvc'] } },
      { dependentRequired: { card: ['bank'], bank: ['cvc'] } },
    ],
    [
      'texts that the writer cannot have, whatever their length',
      text({ maxLength: 2 }),
      text({ pattern: '^[A-Z]{3}$', maxLength: 2 }),
    ],
  ])('does not take for incompatible: %s', (_, reader, writer) => {
    expect(checkReadable(reader, writer, 'strict').verdict).toBe('compatible');
  });

  it('calls nothing incompatible that no payload shows', () => {
    const reader = order({ code: text(), total: { type: 'integer' } });
    const writer = order(
      { code: text({ pattern: '^(.)\\1x(?<=qx)$' }), total: text() },
      { required: ['code', 'total'] },
    );
    expect(checkReadable(reader, writer, 'strict').verdict).toBe('unknown');
  });

  it('says that it does not know a reference that leaves the documents', () => {
    const reader = order({
      address: { $ref: 'https://example.com/address.json' },
    });
    expect(
      checkReadable(reader, order({ address: text() }), 'strict')
        .incompatibilities,
    ).toMatchObject([
      { verdict: 'unknown', kind: 'reference-unresolved', path: '/address' },
    ]);
  });

  it('gives the smallest payload: what is required and what is refused', () => {
    const writer = order(
      { id: text(), note: text(), total: { type: 'number' } },
      { required: ['id'], ...closed },
    );
    const reader = order(
      { id: text(), note: text(), total: { type: 'integer' } },
      { required: ['id'], ...closed },
    );
    expect(checkReadable(reader, writer, 'strict').incompatibilities).toEqual([
      {
        verdict: 'incompatible',
        path: '/total',
        kind: 'type-narrowed',
        message:
          '"/total" may be a number with a fraction, and the reader accepts only integer',
        witness: { payload: { id: '', total: 0.5 } },
      },
    ]);
  });

  it('ends on schemas that refer to themselves without consuming anything', () => {
    const circular: Schema = {
      $ref: '#/$defs/a',
      $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } },
    };
    expect(checkReadable(circular, text(), 'strict').verdict).toBe('unknown');
  });

  it('takes member names from the prototype of objects for ordinary names', () => {
    const payload = order(
      { constructor: text(), toString: { type: 'integer' } },
      { required: ['constructor'] },
    );
    expect(checkReadable(payload, payload, 'strict').verdict).toBe(
      'compatible',
    );
    expect(
      checkReadable(payload, order({}, closed), 'strict').incompatibilities[0]
        ?.path,
    ).toBe('/constructor');
  });
});
