import { describe, expect, it } from 'vitest';
import { formatNumber, formatRate, inDigits, parseRate } from './units.ts';

describe('a number in a text', () => {
  it.each([
    [1e24, '999999999999999983222784'],
    [1.15740740741e-8, '0.0000000115740740741'],
    [0.25, '0.25'],
    [0, '0'],
    [-3, '-3'],
  ])('%s stands in digits', (value, text) => {
    expect(inDigits(value)).toBe(text);
  });

  it('is grouped in digits', () => {
    expect(formatNumber(1e21, 'en')).toBe('1,000,000,000,000,000,000,000');
  });
});

it.each(['0.001/day', '0.5/day', '1/day', '20/min', '9G/s', '0/s'])(
  'writes the rate %s so that it reads the same',
  (text) => {
    const rate = parseRate(text) ?? NaN;
    expect(parseRate(formatRate(rate))).toBeCloseTo(rate, 15);
    expect(formatRate(rate)).not.toContain('e');
  },
);
