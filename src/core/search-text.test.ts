import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchText } from './search-text.ts';

/** Expressions on which the engine's own matching takes for ever, each with a text. */
const endless: readonly (readonly [string, string])[] = [
  ['^(a+)+$', `${'a'.repeat(30)}!`],
  ['^(a|a)*$', `${'a'.repeat(40)}!`],
  ['^(a?){40}a{40}$', `${'a'.repeat(39)}!`],
  ['^(.*a){12}$', `${'a'.repeat(60)}!`],
  ['(?=(a+)+$)', `${'a'.repeat(40)}!`],
  ['^([a-z]+\\.?)+@$', `${'a'.repeat(40)}!`],
];

describe('searching a text for an expression', () => {
  it.each(endless)('ends for %s', (pattern, text) => {
    expect(searchText(pattern, text)).toBe(false);
    expect(searchText(pattern, text.slice(0, -1), 'u')).not.toBeNull();
  });

  it('is given up for a text that is too long for the expression', () => {
    expect(searchText('^(.*.*.*.*){90}$', '\n'.repeat(100_000))).toBe(false);
    expect(searchText('(a|b|ab){200}$', 'ab'.repeat(100_000) + 'c')).toBeNull();
  });

  it.each([
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '[',
    `${'('.repeat(200)}${')'.repeat(200)}`,
  ])('says nothing of %s', (pattern) => {
    expect(searchText(pattern, 'aa')).toBeNull();
  });

  it('reads expressions of a broker, which escape more than those of JSON Schema may', () => {
    expect(searchText('^my\\-queue$', 'my-queue', '')).toBe(true);
    expect(searchText('^my\\-queue$', 'my-queue', 'u')).toBeNull();
    expect(searchText('^(?!amq\\.).*', 'amq.gen-1', '')).toBe(false);
    expect(searchText('^(?!amq\\.).*', 'orders', '')).toBe(true);
  });

  it('agrees with the engine on expressions of few repeats', () => {
    const atom = fc.constantFrom(
      ...['a', 'b', '.', '\\w', '\\s', '\\d', '[^a]', '[a-c_]', '\\b', '\\B'],
      ...['^', '$', '\\p{L}', '\\P{Lu}', '\\x61', '\\u{62}', 'é', '\\n'],
    );
    const pattern = fc.letrec<{ any: string; one: string }>((tie) => ({
      any: fc
        .array(fc.array(tie('one'), { maxLength: 3 }), {
          minLength: 1,
          maxLength: 2,
        })
        .map((options) => options.map((parts) => parts.join('')).join('|')),
      one: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        atom,
        fc
          .tuple(
            fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<=', '(?<!'),
            tie('any'),
          )
          .map(([open, inner]) => `${open}${inner})`),
        fc
          .tuple(
            tie('any'),
            fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'),
          )
          .map(([inner, repeat]) => `(?:${inner})${repeat}`),
      ),
    })).any;
    const text = fc
      .array(
        fc.constantFrom('a', 'b', 'c', '_', ' ', '1', 'A', 'é', '\n', '😀'),
        {
          maxLength: 6,
        },
      )
      .map((letters) => letters.join(''));
    let decided = 0;
    fc.assert(
      fc.property(pattern, text, (expression, searched) => {
        const found = searchText(expression, searched);
        if (found === null) return;
        decided += 1;
        expect(found).toBe(new RegExp(expression, 'u').test(searched));
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(decided).toBeGreaterThan(2900);
  });
});
