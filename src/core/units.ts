// Durations, sizes and rates: their spellings in the spec and for people, and their canonical units (ms, bytes, per second).
import type { Locale } from './locale.ts';

const durationMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const sizeBytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};
const perSeconds: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  min: 60,
  m: 60,
  h: 3600,
  hour: 3600,
  day: 86_400,
  d: 86_400,
};
const multipliers: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
};

const scaled = (
  text: string,
  pattern: RegExp,
  units: Readonly<Record<string, number>>,
): number | null => {
  const match = pattern.exec(text);
  if (match === null) return null;
  const unit = units[match[2] ?? ''];
  return unit === undefined ? null : Number(match[1]) * unit;
};

/** Reads a duration such as `250ms`, `5s`, `1m`, `2h`, `7d` into milliseconds; null when it is not one. */
export function parseDuration(text: string): number | null {
  return scaled(text, /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/, durationMs);
}

/** Reads a size such as `512B`, `1KiB`, `2MB` into bytes; null when it is not one. */
export function parseSize(text: string): number | null {
  return scaled(text, /^(\d+(?:\.\d+)?)([kKMGT]?i?B)$/, sizeBytes);
}

/** Reads a rate such as `500/s`, `600/min`, `1M/day` into events per second; null when it is not one. */
export function parseRate(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([kKMG]?)\/(s|sec|min|m|h|hour|day|d)$/.exec(
    text,
  );
  if (match === null) return null;
  return (
    (Number(match[1]) * (multipliers[match[2] ?? ''] ?? 1)) /
    (perSeconds[match[3] ?? ''] ?? 1)
  );
}

const inLargest = (
  value: number,
  units: readonly (readonly [string, number])[],
): readonly [value: number, unit: string] => {
  for (const [unit, factor] of units) {
    if (value >= factor && value % factor === 0) return [value / factor, unit];
  }
  const [unit, factor] = units.at(-1) ?? ['', 1];
  return [Number((value / factor).toFixed(3)), unit];
};

const durations: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];

/** Units that a language writes otherwise than the spec; in French with a space before them. */
const frenchUnits: Readonly<Record<string, string>> = {
  d: 'j',
  m: 'min',
  day: 'jour',
};

const unitIn = (unit: string, locale: Locale): string =>
  locale === 'fr' ? (frenchUnits[unit] ?? unit) : unit;

/** Writes milliseconds in the largest unit that divides them: 60000 is `1m`, and `1 min` in French. */
export function formatDuration(ms: number, locale: Locale = 'en'): string {
  const [value, unit] = inLargest(ms, durations);
  return locale === 'en'
    ? `${value}${unit}`
    : `${formatNumber(value, locale)} ${unitIn(unit, locale)}`;
}

/** Writes a number in digits, however large or small: never as `1e+21`. */
export function inDigits(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value)
    ? String(BigInt(value))
    : value.toFixed(20).replace(/\.?0+$/, '');
}

/** Writes a number for people: groups of three digits from 10000 on, a comma for the point in French. */
export function formatNumber(value: number, locale: Locale): string {
  const [whole = '', fraction] = inDigits(value).split('.');
  const grouped =
    whole.length < 5
      ? whole
      : whole.replaceAll(
          /(?<=\d)(?=(?:\d{3})+$)/g,
          locale === 'fr' ? ' ' : ',',
        );
  if (fraction === undefined) return grouped;
  return `${grouped}${locale === 'fr' ? ',' : '.'}${fraction}`;
}

const sizes: readonly (readonly [string, number])[] = [
  ['TiB', 1024 ** 4],
  ['TB', 1e12],
  ['GiB', 1024 ** 3],
  ['GB', 1e9],
  ['MiB', 1024 ** 2],
  ['MB', 1e6],
  ['KiB', 1024],
  ['kB', 1e3],
  ['B', 1],
];

/** Writes bytes in the largest binary or decimal unit that divides them: 1024 is `1KiB`. */
export function formatSize(bytes: number): string {
  return inLargest(bytes, sizes).join('');
}

/** Writes events per second, by the minute or day when that is the rounder number. */
export function formatRate(perSecond: number, locale: Locale = 'en'): string {
  const choices: readonly (readonly [string, number])[] = [
    ['s', 1],
    ['min', 60],
    ['h', 3600],
    ['day', 86_400],
  ];
  const written = (value: number, unit: string): string =>
    `${locale === 'en' ? value : formatNumber(value, locale)}/${unitIn(unit, locale)}`;
  for (const [unit, seconds] of choices) {
    const value = Number((perSecond * seconds).toFixed(6));
    const isLost = value === 0 && perSecond > 0;
    if (Number.isInteger(value) && !isLost) return written(value, unit);
  }
  // What is rarer than once in a quarter of an hour is counted by the day.
  return perSecond < 0.001
    ? written(Number((perSecond * 86_400).toPrecision(3)), 'day')
    : written(Number(perSecond.toFixed(3)), 's');
}

const decimalBytes: Readonly<Record<Locale, readonly string[]>> = {
  en: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  fr: ['o', 'ko', 'Mo', 'Go', 'To', 'Po'],
};

/** Writes bytes in the decimal unit that gives at most three digits before the point: 2048000 is `2.05 MB`. */
export function readableBytes(bytes: number, locale: Locale = 'en'): string {
  const units = decimalBytes[locale];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatNumber(Number(value.toPrecision(3)), locale)} ${units[unit]}`;
}

/** Writes the durations, rates and sizes in a text, spelt as the spec spells them, as a language does. */
export function measuresIn(text: string, locale: Locale): string {
  if (locale === 'en') return text;
  return text.replaceAll(
    /(?<![\w.-])(\d+(?:\.\d+)?)(ms|s|m|h|d|[kKMGT]?i?B|\/(?:s|min|h|day))(?![\w-])/g,
    (_, value: string, unit: string) =>
      unit.startsWith('/')
        ? `${formatNumber(Number(value), locale)}/${unitIn(unit.slice(1), locale)}`
        : `${formatNumber(Number(value), locale)} ${unitIn(unit, locale).replace(/B$/, 'o')}`,
  );
}
