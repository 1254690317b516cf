// What a duration, a size or a rate may be at most, said of one that is more. The patterns of the schema hold the same.
import { parseDuration, parseRate, parseSize } from '../core/units.ts';

/** Most digits before the point, by unit: what brokers and programs count without loss. */
const durations: Readonly<Record<string, number>> = {
  ms: 13,
  s: 10,
  m: 9,
  h: 7,
  d: 5,
};
const multiples: Readonly<Record<string, number>> = {
  '': 10,
  k: 7,
  K: 7,
  M: 4,
  G: 1,
};
const decimals = 3;

/** Says what a measure that has the right form exceeds; null when its form is another, or nothing is exceeded. */
export function boundOfUnit(text: string): string | null {
  const parts = /^(\d+)(?:\.(\d+))?(.*)$/.exec(text);
  const [, whole = '', fraction = '', unit = ''] = parts ?? [];
  const digits = digitsOf(text, unit);
  if (digits === null) return null;
  if (digits === 0) return 'at most 9999MB';
  if (whole.length > digits) return `at most ${'9'.repeat(digits)}${unit}`;
  if (fraction.length > decimals)
    return `written with at most ${decimals} digits behind the point`;
  return /^0+$/.test(whole + fraction) ? 'more than nothing' : null;
}

/** The digits that a unit allows: none of one that is always too large; null when the text is no measure. */
function digitsOf(text: string, unit: string): number | null {
  if (parseDuration(text) !== null) return durations[unit] ?? 0;
  const isOther = parseSize(text) !== null || parseRate(text) !== null;
  return isOther ? (multiples[prefixOf(unit)] ?? 0) : null;
}

const prefixOf = (unit: string): string =>
  /^[kKMGT](?=i?B|\/)/.exec(unit)?.[0] ?? '';
