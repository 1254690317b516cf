import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonValue } from '../core/json.ts';
import { printByLibrary, stringifyYaml } from './stringify.ts';

const awkward = fc.constantFrom(
  ...['', ' ', 'yes', 'No', 'on', 'y', 'N', 'null', 'True', '~', '-', '?', ':'],
  ...['1', '-1.5', '1_0', '0x1f', '0o7', '1e3', '.inf', '1:30', '2026-01-01'],
  ...['a: b', 'a #b', '#/a/b', '# a', '#', 'a:', '- a', '* a', '&a', '!t', '%'],
  ...['a\nb', 'a\n\nb\n', '\na', 'a\n ', ' a\nb', 'a\tb', '\t', 'it\'s "q"'],
  ...['a  b', 'a ', 'e', 'a,b', '{a}', '[a]', '`', '@', '|', '>', '<<', '='],
  ...['é', '\u2028', '\u0085', '\u0000', '\ud800', '😀', '__proto__', 'a\\b'],
  ...['x'.repeat(600), `${'word '.repeat(40)}end`, `"${'q\n'.repeat(30)}`],
  ...['/path', '$ref', 'a/b+c', 'order.created', 'a-b_c', '---', '...'],
);
const sentence = fc
  .array(fc.constantFrom(...'aZ9 -:#,.\'"/$_&*!|<>()[]{}%@=~é'.split('')))
  .map((characters) => `a${characters.join('')}`);
const lines = fc
  .array(fc.constantFrom(...'aZ9 -:#,\'"|>%\n\n'.split('')))
  .map((characters) => `A${characters.join('')}`);
const selector = fc
  .array(fc.constantFrom(...'aZ9 -:#,\'"={}\\é'.split('')))
  .map((characters) => `{${characters.join('')}}`);
const text = fc.oneof(
  awkward,
  sentence,
  lines,
  selector,
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 6 }),
);
const value = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('printing YAML', () => {
  it('writes the bytes that the library writes', () => {
    fc.assert(
      fc.property(value, (data) => {
        expect(stringifyYaml(data, [])).toBe(printByLibrary(data));
      }),
      { numRuns: 1500 },
    );
  });

  it('writes what reads back as the same data', () => {
    fc.assert(
      fc.property(value, (data) => {
        expect(parse(stringifyYaml({ data }, []))).toEqual({ data });
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out what has no value', () => {
    const data = { a: 1, b: undefined } as unknown as JsonValue;
    expect(stringifyYaml(data, [])).toBe('a: 1\n');
  });
});
