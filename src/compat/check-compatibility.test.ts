import { describe, expect, it } from 'vitest';
import { checkCompatibility, FULL_TRADE_OFF } from './check-compatibility.ts';
import type { CompatibilityMode } from './check-compatibility.ts';
import type { Schema } from './json-schema.ts';

function placed(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

const id: Schema = { type: 'string' };
const note: Schema = { type: 'string' };
const older = [
  { version: '1', schema: placed({ id, legacy: note }) },
  { version: '2', schema: placed({ id }) },
];

describe('checkCompatibility', () => {
  it.each<readonly [CompatibilityMode, readonly string[]]>([
    ['none', []],
    ['backward', []],
    ['backward-transitive', ['backward 1 /legacy']],
    ['forward', ['forward 2 /note']],
    ['forward-transitive', ['forward 1 /note', 'forward 2 /note']],
    ['full', ['forward 2 /note']],
    [
      'full-transitive',
      ['backward 1 /legacy', 'forward 1 /note', 'forward 2 /note'],
    ],
  ])(
    'tells under mode %s which readers break on which version',
    (mode, expected) => {
      const { findings, verdict } = checkCompatibility(
        mode,
        { schema: placed({ id, note }), older },
        'strict',
      );
      expect(
        findings.map(
          (found) => `${found.direction} ${found.olderVersion} ${found.path}`,
        ),
      ).toEqual(expected);
      expect(verdict).toBe(
        expected.length === 0 ? 'compatible' : 'incompatible',
      );
    },
  );

  it('says who breaks in both directions', () => {
    const result = checkCompatibility(
      'full',
      {
        schema: placed({ id: { type: 'integer' } }),
        older: [{ version: '2', schema: placed({ id }) }],
      },
      'strict',
    );
    expect(result.findings.map(({ whoBreaks }) => whoBreaks)).toEqual([
      'consumers that read with the new schema break on events written with version 2',
      'consumers that still read with version 2 break on events written with the new schema',
    ]);
  });

  it('explains why full compatibility fails when only the content model is to blame', () => {
    const change = { schema: placed({ id, note }), older: older.slice(1) };
    expect(checkCompatibility('full', change, 'strict').tradeOff).toBe(
      FULL_TRADE_OFF,
    );
    expect(checkCompatibility('full', change, 'lenient')).toMatchObject({
      verdict: 'compatible',
      tradeOff: null,
    });
    expect(checkCompatibility('forward', change, 'strict').tradeOff).toBeNull();
  });

  it('finds nothing to compare a first version with', () => {
    expect(
      checkCompatibility(
        'full',
        { schema: placed({ id }), older: [] },
        'strict',
      ).verdict,
    ).toBe('compatible');
  });

  it('passes on what a compatible verdict rests on', () => {
    const schema = placed(
      { id, currency: { type: 'string', default: 'EUR' } },
      ['currency'],
    );
    expect(
      checkCompatibility(
        'backward',
        { schema, older: older.slice(1) },
        'strict',
      ).assumptions,
    ).toEqual([
      'New schema: the reader fills in the default of "/currency" where it is missing.',
    ]);
  });
});
