// Makes numbers and texts that a branch accepts, mostly at the edges of its ranges.
import { searchText } from '../core/search-text.ts';
import type { Branch } from './branch.ts';
import { textOf } from './branch-texts.ts';
import { acceptsFormat, formatSamples } from './formats.ts';
import { textsMatching } from './text-samples.ts';

const PLAIN_TEXTS = [
  '',
  'a',
  'A',
  '0',
  '-',
  'ab',
  'other',
  'a b',
  'é',
  '00',
  'x_1',
];
/** Longer texts than this are not written out as witnesses. */
const MAX_TEXT = 2_000;

/** Makes numbers of a branch, those near zero and near its limits. */
export function numbersOf(branch: Branch): readonly number[] {
  const { low, high, multiples } = branch;
  const edges = [low.value, high.value].filter((edge) => Number.isFinite(edge));
  const middle = Number.isFinite(low.value + high.value)
    ? [(low.value + high.value) / 2]
    : [];
  const near = [...edges, ...middle, 0].flatMap((edge) => [
    edge,
    edge + 1,
    edge - 1,
    edge + 0.5,
    edge - 0.5,
  ]);
  const whole = near.flatMap((number) => [
    Math.ceil(number),
    Math.floor(number),
  ]);
  const steps = multiples.flatMap((step) =>
    near.flatMap((number) =>
      [0, 1, 2, 3, -1].map((more) => (Math.ceil(number / step) + more) * step),
    ),
  );
  const product = multiples.reduce((all, step) => all * step, 1);
  const fit = [0, 1, -1, ...near, ...whole, ...steps, product, -product].filter(
    (number) => isNumberOf(branch, number),
  );
  return [...new Set(fit.map((number) => (number === 0 ? 0 : number)))].slice(
    0,
    12,
  );
}

function isNumberOf(
  { low, high, multiples, isInteger }: Branch,
  number: number,
): boolean {
  if (isInteger && !Number.isInteger(number)) return false;
  if (low.isExclusive ? number <= low.value : number < low.value) return false;
  if (high.isExclusive ? number >= high.value : number > high.value)
    return false;
  return (
    Number.isFinite(number) &&
    multiples.every((step) => Number.isInteger(number / step))
  );
}

/** Makes texts of a branch: samples of its formats and patterns, and plain ones stretched to its lengths. */
export function textsOf(branch: Branch): readonly string[] {
  const exact = textOf(branch);
  const shaped = [
    ...(typeof exact === 'object' ? [exact.text] : []),
    ...branch.formats.flatMap(formatSamples),
    ...branch.patterns.flatMap((pattern) =>
      textsMatching(pattern, branch.minLength),
    ),
  ];
  const plain = branch.minLength > MAX_TEXT ? [] : PLAIN_TEXTS;
  const fit = [
    ...shaped,
    ...shaped.map((text) => `a${text}`),
    ...shaped.map((text) => `${text}a`),
    ...plain,
  ]
    .map((text) => stretch(text, branch))
    .filter((text) => isTextOf(branch, text));
  return [...new Set(fit)].slice(0, 12);
}

function stretch(text: string, { minLength, maxLength }: Branch): string {
  const characters = Array.from(text);
  const padded =
    characters.length < minLength
      ? text.padEnd(text.length + minLength - characters.length, 'a')
      : text;
  return characters.length > maxLength
    ? characters.slice(0, maxLength).join('')
    : padded;
}

function isTextOf(
  { minLength, maxLength, patterns, formats }: Branch,
  text: string,
): boolean {
  const { length } = Array.from(text);
  return (
    length >= minLength &&
    length <= maxLength &&
    patterns.every((pattern) => searchText(pattern, text) !== false) &&
    formats.every((format) => acceptsFormat(format, text) !== false)
  );
}
