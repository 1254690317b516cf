import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hostileText } from '../testing/hostile-text.ts';
import {
  commentLines,
  stringifyJson,
  stringifyJsonRows,
  stringifyYaml,
} from './stringify.ts';

describe('stringifyYaml', () => {
  it('reads back as the same data, hostile texts included', () => {
    const data = fc.dictionary(
      fc.string({ maxLength: 6 }).filter((key) => key !== '__proto__'),
      fc.oneof(hostileText(), fc.integer(), fc.array(hostileText())),
    );
    fc.assert(
      fc.property(data, hostileText(), (value, header) => {
        const text = stringifyYaml(value, [header]);
        expect(parse(text)).toEqual({ ...value });
        expect(text.endsWith('\n')).toBe(true);
      }),
    );
  });

  it('quotes what YAML 1.1 readers take for something else', () => {
    expect(stringifyYaml({ a: 'yes', b: '1:30', c: 'plain' }, ['Made'])).toBe(
      '# Made\na: "yes"\nb: "1:30"\nc: plain\n',
    );
  });

  it('repeats shared data instead of aliasing it', () => {
    const shared = { x: 1 };
    expect(stringifyYaml({ a: shared, b: shared }, [])).toBe(
      'a:\n  x: 1\nb:\n  x: 1\n',
    );
  });
});

describe('stringifyJsonRows', () => {
  it('writes the items of one list on a line each, and the rest as JSON is written', () => {
    const value = {
      rows: [{ a: 1, b: { c: 'x\n {' } }, {}],
      others: [{ a: 1 }],
      none: null,
    };
    const text = stringifyJsonRows(value, 'rows');
    expect(JSON.parse(text)).toEqual(value);
    expect(text.split('\n').slice(0, 5)).toEqual([
      '{',
      '  "rows": [',
      String.raw`    { "a": 1, "b": { "c": "x\n {" } },`,
      '    {}',
      '  ],',
    ]);
    expect(stringifyJsonRows({ rows: [] }, 'rows')).toBe(
      '{\n  "rows": []\n}\n',
    );
    expect(stringifyJsonRows(value, 'none')).toBe(stringifyJson(value));
  });
});

describe('stringifyJson', () => {
  it('writes two spaces and one final newline', () => {
    expect(stringifyJson({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });
});

describe('commentLines', () => {
  it('comments every line of every text', () => {
    expect(commentLines(['a\nb: c', '\u202eé'])).toBe('# a\n# b: c\n# é\n');
  });
});
