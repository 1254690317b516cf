// The search for a text against the engine of regular expressions, over every short text of a small alphabet.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findText } from './find-text.ts';

const LETTERS = ['a', 'b', '0', '\n'];
const LONGEST = 4;

const texts: readonly string[] = Array.from({ length: LONGEST }).reduce<
  readonly string[]
>(
  (known) => [
    ...new Set([
      ...known,
      ...known.flatMap((text) => LETTERS.map((letter) => text + letter)),
    ]),
  ],
  [''],
);

const atoms = fc.constantFrom(
  'a',
  'b',
  '[ab]',
  '[^a]',
  '.',
  '\\d',
  '\\W',
  '^',
  '$',
  '[b-]',
  '\\n',
);

const expression: fc.Arbitrary<string> = fc.letrec<{ whole: string }>(
  (tie) => ({
    whole: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      atoms,
      fc.tuple(tie('whole'), tie('whole')).map((parts) => parts.join('')),
      fc
        .tuple(tie('whole'), tie('whole'))
        .map((parts) => `(?:${parts.join('|')})`),
      fc
        .tuple(
          tie('whole'),
          fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}'),
        )
        .map(([part, sign]) => `(?:${part})${sign}`),
    ),
  }),
).whole;

describe('findText', () => {
  it('finds a text exactly where there is one', () => {
    const counts = { found: 0, none: 0 };
    const wanted = fc.record({
      found: fc.array(expression, { maxLength: 2 }),
      missing: fc.array(expression, { maxLength: 2 }),
      minLength: fc.nat(2),
      maxLength: fc.oneof(fc.nat(LONGEST), fc.constant(Infinity)),
    });
    fc.assert(
      fc.property(wanted, (asked) => {
        const fits = (text: string): boolean =>
          Array.from(text).length >= asked.minLength &&
          Array.from(text).length <= asked.maxLength &&
          asked.found.every((one) => new RegExp(one, 'u').test(text)) &&
          !asked.missing.some((one) => new RegExp(one, 'u').test(text));
        const answer = findText(asked);
        if (answer === 'unknown') return true;
        counts[answer === 'none' ? 'none' : 'found'] += 1;
        return answer === 'none' ? !texts.some(fits) : fits(answer.text);
      }),
      { numRuns: 3000, seed: 20240229 },
    );
    expect(Math.min(counts.found, counts.none)).toBeGreaterThan(200);
  });

  it.each([
    ['an expression with look-around', '^(?=a)'],
    ['an expression with a reference backwards', '^(a)\\1$'],
    ['an expression with word borders', '\\ba'],
    ['what is no expression', '('],
  ])('says that it does not know %s', (_, pattern) => {
    expect(
      findText({
        found: [pattern],
        missing: [],
        minLength: 0,
        maxLength: Infinity,
      }),
    ).toBe('unknown');
  });
});
