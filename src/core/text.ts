// Words for people: near names, lists, plurals, case. Pure string work in no locale.

/**
 * Finds the known name nearest to a mistyped one, by Damerau-Levenshtein distance (optimal string alignment).
 * Gives null when nothing is within a third of the word's length (at least 1, at most 4 edits).
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  const limit = Math.min(4, Math.max(1, Math.floor(word.length / 3)));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && candidate !== word) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Finds the one known name that a mistyped one can only stand for: as near as `nearest` asks, and no other within two
 * edits more. Null when there is a doubt.
 */
export function certainNear(
  word: string,
  known: Iterable<string>,
): string | null {
  const names = [...new Set(known)];
  const near = nearest(word, names);
  if (near === null) return null;
  const distance = (name: string): number =>
    editDistance(word.toLowerCase(), name.toLowerCase());
  const best = distance(near);
  return names.every((name) => name === near || distance(name) >= best + 2)
    ? near
    : null;
}

function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = isSwap(left, right, { row, column })
        ? (beforeLast[column - 2] ?? 0) + 1
        : Infinity;
      current.push(Math.min(cost, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}

/** Tells whether the two letters before a place of the table are the same, the other way round. */
const isSwap = (
  left: string,
  right: string,
  { row, column }: { readonly row: number; readonly column: number },
): boolean =>
  row > 1 &&
  column > 1 &&
  left[row - 1] === right[column - 2] &&
  left[row - 2] === right[column - 1];

/** Writes `"a", "b" and "c"`; an empty list is `nothing`. */
export function quotedList(
  names: readonly string[],
  conjunction = 'and',
): string {
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length === 0) return 'nothing';
  if (quoted.length === 1) return quoted[0] ?? '';
  return `${quoted.slice(0, -1).join(', ')} ${conjunction} ${quoted.at(-1)}`;
}

/** Lists names in running text: `a, b or c`. */
export const plainList = (
  names: readonly string[],
  last: 'and' | 'or',
): string =>
  names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1) ?? ''}`;

/** Writes up to four names as `quotedList` does; of more, the first three and how many others: `"a", "b", "c" and 9 others`. */
export function shortList(names: readonly string[]): string {
  if (names.length <= 4) return quotedList(names);
  const [first, second, third] = names.map((name) => `"${name}"`);
  return `${first}, ${second}, ${third} and ${names.length - 3} others`;
}

/** Counts things: `1 event`, `3 events`. */
export function counted(
  count: number,
  singular: string,
  plural = `${singular}s`,
): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** A capital after a small letter or a digit begins a word, and whatever is neither letter nor digit ends one. */
export const wordsOf = (name: string): readonly string[] =>
  name.match(/[A-Z]*[a-z0-9]+|[A-Z]+/g) ?? [];

/** Makes `OrderCreated` of `order.created`; a leading digit gets an underscore before it. */
export function pascalCase(name: string): string {
  if (/^[A-Z][A-Za-z0-9]*$/.test(name)) return name;
  let joined = '';
  for (const word of wordsOf(name))
    joined += word.charAt(0).toUpperCase() + word.slice(1);
  return /^\d/.test(joined) || joined === '' ? `_${joined}` : joined;
}

/** Makes `orderCreated` of `order.created`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** Makes `order-created` of `Order Created`. */
export function kebabCase(name: string): string {
  return wordsOf(name).join('-').toLowerCase() || '_';
}
