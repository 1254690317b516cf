import { describe, expect, it } from 'vitest';
import { type CheckResult, holds, tableOf } from './check.ts';
import { deadLetterChecks } from './dead-letter-checks.ts';

const result: CheckResult = {
  name: 'effects-once',
  says: 'no message took effect twice in a group',
  looked: 12,
  wrong: 0,
  examples: [],
};

describe('a check', () => {
  it('holds when it looked and nothing is wrong', () => {
    expect(holds(result)).toBe(true);
  });

  it('fails when something is wrong, and when it looked at nothing', () => {
    expect(holds({ ...result, wrong: 1 })).toBe(false);
    expect(holds({ ...result, looked: 0 })).toBe(false);
  });

  it('is told with its counts and examples', () => {
    const wrong = { ...result, wrong: 1, examples: ['g acted twice on m'] };
    expect(tableOf([wrong])).toMatchInlineSnapshot(`
      "|       | check                                   | looked at | wrong |
      | ----- | --------------------------------------- | --------: | ----: |
      | FAILS | no message took effect twice in a group |        12 |     1 |
        effects-once: g acted twice on m"
    `);
  });
});

describe('the checks on dead letters', () => {
  const expected = {
    group: 'g',
    message: 'm',
    reason: 'attempts-exhausted',
    error: 'Error: away',
    attempts: 3,
  } as const;
  const letter = { ...expected, body: '{"id":"m"}' };
  const wrongOf = (letters: readonly (typeof letter)[]): readonly number[] =>
    deadLetterChecks(letters, [expected]).map(({ wrong }) => wrong);

  it('hold for the letter that is expected, also when it came twice', () => {
    expect(wrongOf([letter])).toEqual([0, 0]);
    expect(wrongOf([letter, letter])).toEqual([0, 0]);
  });

  it('hold when a lost consumer made for one more attempt, and not for fewer', () => {
    expect(wrongOf([{ ...letter, attempts: 4 as 3 }])).toEqual([0, 0]);
    expect(wrongOf([{ ...letter, attempts: 2 as 3 }])).toEqual([1, 0]);
  });

  it('fail for one that is missing, one without its reason, and one too many', () => {
    expect(wrongOf([])).toEqual([1, 0]);
    expect(wrongOf([{ ...letter, error: '' as 'Error: away' }])).toEqual([
      1, 0,
    ]);
    expect(wrongOf([letter, { ...letter, body: '{"id":"n"}' }])).toEqual([
      0, 1,
    ]);
  });
});
