// Sets of characters (code points) as sorted ranges. Lone surrogates are left out: no text that is sent holds them.

/** Sorted ranges that do not touch, both ends included. */
export type CharacterSet = readonly (readonly [number, number])[];

const LAST = 0x10ffff;
const SURROGATES = [0xd800, 0xdfff] as const;

/** Makes a set of ranges in any order. */
export function setOf(
  ranges: readonly (readonly [number, number])[],
): CharacterSet {
  const sorted = ranges.toSorted(([left], [right]) => left - right);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1)
      last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** The characters that a set lacks. */
export function complementOf(set: CharacterSet): CharacterSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of setOf([...set, SURROGATES])) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}

/** Tells whether a set holds a character. */
export function holds(set: CharacterSet, code: number): boolean {
  let [low, high] = [0, set.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = set[middle] ?? [0, -1];
    if (code < from) high = middle - 1;
    else if (code > to) low = middle + 1;
    else return true;
  }
  return false;
}

const properties = new Map<string, CharacterSet>();

/** The characters that an escape such as `\\p{L}` means, asked of the engine one by one; throws where it knows none. */
export function propertySet(escape: string): CharacterSet {
  const known = properties.get(escape);
  if (known !== undefined) return known;
  const one = new RegExp(`^${escape}$`, 'u');
  const ranges: [number, number][] = [];
  for (let code = 0; code <= LAST; code += 1) {
    if (code === SURROGATES[0]) code = SURROGATES[1] + 1;
    if (!one.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  properties.set(escape, ranges);
  return ranges;
}

const range = (from: string, to: string = from): readonly [number, number] => [
  from.codePointAt(0) ?? 0,
  to.codePointAt(0) ?? 0,
];

const DIGITS = setOf([range('0', '9')]);
const WORD = setOf([
  range('0', '9'),
  range('A', 'Z'),
  range('a', 'z'),
  range('_'),
]);
const SPACE = setOf([
  range('\t', '\r'),
  range(' '),
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]);
const LINE_ENDS = setOf([range('\n'), range('\r'), [0x2028, 0x2029]]);

/** The sets that an escape letter or the point of a regular expression names. */
export const NAMED_SETS: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', DIGITS],
  ['D', complementOf(DIGITS)],
  ['w', WORD],
  ['W', complementOf(WORD)],
  ['s', SPACE],
  ['S', complementOf(SPACE)],
  ['.', complementOf(LINE_ENDS)],
]);

/** Characters that samples prefer, in that order. */
const PREFERRED = Array.from(
  'aA01bZ9_- xé',
  (letter) => letter.codePointAt(0) ?? 0,
);

/** Picks one character for each way in which the sets tell characters apart. */
export function representatives(
  sets: readonly CharacterSet[],
): readonly number[] {
  const edges = new Set([0x20, 0x7f, ...PREFERRED]);
  for (const [from, to] of sets.flat()) {
    edges.add(from);
    if (to < LAST) edges.add(to + 1);
  }
  const found = new Map<string, number>();
  const candidates = [...edges].filter(
    (code) => code < SURROGATES[0] || code > SURROGATES[1],
  );
  const rank = (code: number): number => {
    const place = PREFERRED.indexOf(code);
    if (place !== -1) return place;
    return code > 0x20 && code < 0x7f ? 100 + code : 1000 + code;
  };
  for (const code of candidates.toSorted((a, b) => rank(a) - rank(b))) {
    const signature = sets
      .map((set) => (holds(set, code) ? '1' : '0'))
      .join('');
    if (!found.has(signature)) found.set(signature, code);
  }
  return [...found.values()];
}
