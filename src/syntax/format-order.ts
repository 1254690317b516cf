// The keys of block mappings in the order of the language, each with its lines and the comments above it.
import {
  isAlias,
  isMap,
  isNode,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { keyText } from './source-document.ts';

/** Names in order for a mapping at a path; null leaves it as it is. `*` in no path: the caller sees the names. */
export type KeyOrder = (path: readonly string[]) => readonly string[] | null;

/** Orders the keys of a text. A text with aliases is left: an anchor has to stand before what refers to it. */
export function orderKeys(text: string, order: KeyOrder): string {
  let now = text;
  // Each round mends one mapping, outermost first, since the places of the others move with it.
  for (let round = 0; round < maxRounds; round += 1) {
    const next = orderOne(now, order);
    if (next === now) return now;
    now = next;
  }
  return now;
}

const maxRounds = 10_000;

function orderOne(text: string, order: KeyOrder): string {
  const document = parseDocument(text);
  let hasAlias = false;
  visit(document, {
    Alias: () => {
      hasAlias = true;
      return visit.BREAK;
    },
  });
  if (hasAlias) return text;
  const found = firstUnordered(document.contents, [], order);
  return found === null ? text : rewritten(text, found);
}

interface Unordered {
  readonly map: YAMLMap;
  readonly names: readonly string[];
  readonly isTop: boolean;
}

function firstUnordered(
  node: unknown,
  path: readonly string[],
  order: KeyOrder,
): Unordered | null {
  if (!isMap(node) || node.flow === true || isAlias(node)) return null;
  const names = order(path);
  const keys = node.items.map(({ key }) => keyText(key) ?? '');
  if (names !== null && sortedKeys(keys, names).join('\n') !== keys.join('\n'))
    return { map: node, names, isTop: path.length === 0 };
  // Deeper than this the language orders nothing.
  if (path.length >= 3) return null;
  for (const { key, value } of node.items) {
    const found = firstUnordered(value, [...path, keyText(key) ?? ''], order);
    if (found !== null) return found;
  }
  return null;
}

/** Known names in their order; unknown ones stay behind the known one that they stood behind. */
function sortedKeys(
  keys: readonly string[],
  names: readonly string[],
): readonly string[] {
  let last = -1;
  const ranked = keys.map((key, index) => {
    const rank = names.indexOf(key);
    if (rank >= 0) last = rank;
    return { key, rank: rank >= 0 ? rank : last + 0.5, index };
  });
  return ranked
    .toSorted(
      (left, right) => left.rank - right.rank || left.index - right.index,
    )
    .map(({ key }) => key);
}

function rewritten(text: string, { map, names, isTop }: Unordered): string {
  const starts = map.items.map(({ key }, index) => {
    const at = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    const line = text.lastIndexOf('\n', at - 1) + 1;
    // The head of the file, and of a mapping, stays where it is.
    return index === 0 ? line : withComments(text, line);
  });
  const newline = text.indexOf('\n', Math.max(0, lastEndIn(map) - 1));
  const end = isTop || newline < 0 ? text.length : newline + 1;
  const chunks = new Map(
    map.items.map(({ key }, index) => {
      const chunk = text.slice(starts[index] ?? 0, starts[index + 1] ?? end);
      return [keyText(key) ?? '', chunk.endsWith('\n') ? chunk : `${chunk}\n`];
    }),
  );
  if (chunks.size !== map.items.length) return text;
  const keys = sortedKeys([...chunks.keys()], names);
  // Blank lines between sections stay between them, whichever comes first now.
  const isSpaced =
    isTop && [...chunks.values()].some((chunk) => chunk.endsWith('\n\n'));
  const body = keys
    .map((key) => (chunks.get(key) ?? '').replace(/\n+$/, '\n'))
    .map((chunk) =>
      isSpaced && chunk.split('\n').length > 2 ? `\n${chunk}` : chunk,
    )
    .join('');
  return (
    text.slice(0, starts[0] ?? 0) + body.replace(/^\n/, '') + text.slice(end)
  );
}

/** The offset behind the last entry: its value's, or its key's when nothing stands behind it. */
function lastEndIn({ items }: YAMLMap): number {
  const { key, value } = items.at(-1) ?? {};
  const last = isNode(value) ? value : key;
  return isNode(last) ? (last.range?.[1] ?? 0) : 0;
}

/** The offset of the comments that stand directly above a line. */
function withComments(text: string, line: number): number {
  let start = line;
  while (start > 0) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}
