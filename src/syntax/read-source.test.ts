import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Range } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import { child, type Pointer } from '../core/pointer.ts';
import { parseSource } from './parse-source.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { readSource } from './read-source.ts';

const fixtures = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.includes('expected'))
  .map((path) => readFileSync(`fixtures/${path}`, 'utf8'));

function pointersIn(value: JsonValue, at: Pointer = ''): readonly Pointer[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([name, item]) =>
    pointersIn(item, child(at, name)),
  );
  return [at, ...inner, child(at, 'absent'), child(at, '0x')];
}

/** What a reader says of a text: its value, and the place of everything in it. */
function told(read: typeof readSource, text: string): unknown {
  const { value: document, diagnostics } = read('spec.yaml', text);
  if (document === null) return { diagnostics };
  const places = pointersIn(document.value).map((at) => ({
    at,
    has: document.has(at),
    key: document.locate(at, 'key'),
    value: document.locate(at, 'value'),
  }));
  const comments = document.commentsWith('e');
  // How far an entry reaches may differ by comments and blank lines behind it.
  // Of a long text a few lines of each part will do.
  const lines = lineRanges(text);
  const step = Math.max(1, Math.floor(lines.length / 12));
  const some = lines.filter((_, index) => index % step === 0);
  const starts = some.map((line) =>
    document.extentsIn(line).map(({ start }) => start),
  );
  // As text, so that the order of keys counts too.
  const json = JSON.stringify(document.value);
  return { diagnostics, value: json, places, comments, starts };
}

function lineRanges(text: string): readonly Range[] {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  return [...ends, text.length].map((end, index) => ({
    start: ends[index - 1] ?? 0,
    end,
  }));
}

function expectSame(text: string): void {
  // What is left to the library is read by it either way.
  if (readPlainYaml(text) === null) return;
  expect(told(readSource, text), JSON.stringify(text)).toEqual(
    told(parseSource, text),
  );
}

const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a: ', 'b: ', 'c:\n', '- ', '\n') },
  { weight: 6, arbitrary: fc.constantFrom('\n  ', '\n    ', '\n      ', ' ') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('text', 'a b', '1', '"q"', "'s'", '{ x: 1 }'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('# note\n', ' # note', '\n  # note', '\n\n'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '[a, b]',
      '[a,\n   b]',
      '{',
      ',\n  ',
      ' ]',
      '{ y: 2, ',
      '}',
      '[',
      ']',
      ', ',
      '{}',
      '[]',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[':', '-', '?', '|', '>', '&a ', '*a', '!t ', '<<: ', '"', "'", '#'],
      ...[
        'null',
        'true',
        '~',
        '1.50',
        '-1',
        '-0',
        '-2.5',
        '-x',
        '-.5',
        '0x1',
        '1e3',
        '.5',
        '007',
        '1_0',
      ],
      ...['2026-01-01', '24h', 'x:y', 'x :y', 'x#y', 'a: b: ', "it''s", '\\n'],
      ...['é', '\u2028', '\u0085', '\u00a0', '😀', '\t', '\r\n', '---\n', '%'],
      ...['__proto__: ', 'constructor: ', 'x?: ', '1: ', '"k": ', 'true: '],
    ),
  },
);

describe('reading a source', () => {
  it('says the same as the YAML library of every fixture, whole and cut at every line', () => {
    expect(fixtures.length).toBeGreaterThan(10);
    for (const text of fixtures) {
      const lines = text.split('\n');
      const step = Math.max(1, Math.floor(lines.length / 6));
      for (let end = lines.length; end > 0; end -= step)
        expectSame(lines.slice(0, end).join('\n'));
    }
  });

  it('says the same as the YAML library of fixtures with one character changed', () => {
    const changed = fc
      .record({
        text: fc.constantFrom(...fixtures.filter((text) => text.length < 9000)),
        at: fc.nat(9000),
        by: fc.constantFrom(...' \n:-#{}[],"\'&*!|>?%@`\ta1~é'.split(''), ''),
      })
      .map(({ text, at, by }) => {
        const index = at % text.length;
        return text.slice(0, index) + by + text.slice(index + 1);
      });
    fc.assert(fc.property(changed, expectSame), { numRuns: 60 });
  });

  it('says the same as the YAML library of random texts', () => {
    const text = fc
      .array(pieces, { minLength: 1, maxLength: 14 })
      .map((parts) => `k: v\n${parts.join('')}`);
    fc.assert(fc.property(text, expectSame), { numRuns: 2000 });
  });

  it('reads the shop and other specs without the YAML library', () => {
    const names = ['shop', 'ftgo', 'hello', 'wikimedia'];
    for (const name of names) {
      const text = readFileSync(`fixtures/specs/${name}.yaml`, 'utf8');
      expect(readPlainYaml(text), name).not.toBeNull();
    }
  });

  it('leaves to the YAML library what it does not know', () => {
    const texts = [
      'a: |\n  b',
      'a: &x b',
      'a: b\n  c',
      'a:',
      'a: [b, # c\n c]',
    ];
    expect(texts.map(readPlainYaml)).toEqual(texts.map(() => null));
  });
});
