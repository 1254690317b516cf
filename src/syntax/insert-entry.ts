// Puts a value into a YAML text at a place, and leaves every other byte as it is. Knows YAML, nothing about architecture.
import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type Document,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { JsonValue } from '../core/json.ts';
import { keyText } from './source-document.ts';

/** Where a value is to go: names from the root down, and the value under the last of them. */
export interface Insertion {
  readonly path: readonly string[];
  readonly value: JsonValue;
  /** Names of the top level in their usual order; a new one goes behind those that come before it. */
  readonly order: readonly string[];
}

export type Inserted =
  | { readonly text: string }
  /** Why it cannot be put there: `taken` is there already, `closed` is no mapping or list, or is an alias. */
  | { readonly problem: 'taken' | 'closed'; readonly at: readonly string[] };

type Collection = YAMLMap | YAMLSeq;

/** Text longer than this goes to lines of its own. */
const lineWidth = 110;

/**
 * Inserts a value under a path, making what the path lacks. Into a list the value is appended, unless it is there.
 * The rest of the text stays byte for byte.
 */
export function insertEntry(text: string, insertion: Insertion): Inserted {
  const document = parseDocument(text, { keepSourceTokens: false });
  const { path, value } = insertion;
  const root = document.contents;
  if (!isMap(root)) return { problem: 'closed', at: [] };
  const { inside, depth, keyEnd } = deepest(root, path);
  if (isNothing(inside))
    return fillNothing(text, { at: keyEnd, root, insertion, depth });
  if (isSeq(inside)) {
    const rest = path.slice(depth);
    if (rest.length > 0) return { problem: 'closed', at: path.slice(0, depth) };
    return appendItem(text, { document, list: inside, value });
  }
  if (depth === path.length) return { problem: 'taken', at: path };
  if (!isMap(inside)) return { problem: 'closed', at: path.slice(0, depth) };
  const entry = nested(path.slice(depth + 1), value);
  return {
    text: addPair(text, {
      map: inside,
      key: path[depth] ?? '',
      value: entry,
      order: depth === 0 ? insertion.order : null,
      isTop: depth === 0,
    }),
  };
}

/** Follows a path as far as there is something: the last node, how many steps led there, and where its key ends. */
function deepest(
  root: YAMLMap,
  path: readonly string[],
): {
  readonly inside: unknown;
  readonly depth: number;
  readonly keyEnd: number;
} {
  let found = { inside: root as unknown, depth: 0, keyEnd: 0 };
  for (const name of path) {
    const next = isMap(found.inside) ? valueOf(found.inside, name) : undefined;
    if (next === undefined) break;
    const depth = found.depth + 1;
    found = { inside: next.value, depth, keyEnd: next.end };
  }
  return found;
}

const isNothing = (node: unknown): boolean =>
  node === null || (isScalar(node) && node.value === null);

function valueOf(
  map: YAMLMap,
  name: string,
): { readonly value: unknown; readonly end: number } | undefined {
  const pair = map.items.find(({ key }) => keyText(key) === name);
  if (pair === undefined) return undefined;
  const key = isNode(pair.key) ? (pair.key.range?.[1] ?? 0) : 0;
  return { value: pair.value, end: key };
}

/** Wraps a value in what its path still lacks. */
function nested(path: readonly string[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>(
    (inner, name) => ({ [name]: inner }),
    value,
  );
}

/** A key with nothing behind it: the value goes behind its colon. */
function fillNothing(
  text: string,
  from: {
    readonly at: number;
    readonly root: YAMLMap;
    readonly insertion: Insertion;
    readonly depth: number;
  },
): Inserted {
  const { at, insertion, depth } = from;
  const { path, value } = insertion;
  const colon = text.indexOf(':', at);
  if (colon < 0 || /\S/.test(text.slice(at, colon)))
    return { problem: 'closed', at: path.slice(0, depth) };
  const made = flowText(nested(path.slice(depth), value));
  // A null may be written out, which the value then replaces.
  const rest = /^(?:[ \t]*(?:null|~)(?=\s|$))?/.exec(
    text.slice(colon + 1),
  )?.[0];
  const after = colon + 1 + (rest?.length ?? 0);
  return { text: `${text.slice(0, colon + 1)} ${made}${text.slice(after)}` };
}

function appendItem(
  text: string,
  from: {
    readonly document: Document;
    readonly list: YAMLSeq;
    readonly value: JsonValue;
  },
): Inserted {
  const { list, value } = from;
  const known = (list.toJS(from.document) as readonly JsonValue[]).some(
    (item) => JSON.stringify(item) === JSON.stringify(value),
  );
  if (known) return { text };
  const made = flowText(value);
  if (list.flow === true) return { text: intoFlow(text, list, made) };
  const first = list.items[0];
  const start = isNode(first) ? (first.range?.[0] ?? 0) : 0;
  const dash = text.lastIndexOf('-', start);
  const indent = ' '.repeat(columnOf(text, dash));
  return { text: behind(text, endOf(list), `${indent}- ${made}`) };
}

interface NewPair {
  readonly map: YAMLMap;
  readonly key: string;
  readonly value: JsonValue;
  readonly order: readonly string[] | null;
  readonly isTop: boolean;
}

function addPair(text: string, pair: NewPair): string {
  const { map, key, value } = pair;
  if (map.flow === true)
    return intoFlow(text, map, `${keyOf(key)}: ${flowText(value)}`);
  const column = columnOf(text, startOf(map));
  const indent = ' '.repeat(column);
  const lines = pairLines(key, value, { indent, isTop: pair.isTop });
  if (!pair.isTop) return behind(text, endOf(map), lines);
  // A new section is set off by a blank line, as the others are when they are.
  const gap = /\n[ \t]*\r?\n(?=\S)/.test(text) ? '\n' : '';
  return behind(text, sectionEnd(map, pair), `${gap}${lines}`);
}

/** The end of the last section that comes before a new one; the end of all when none does. */
function sectionEnd(map: YAMLMap, { key, order }: NewPair): number {
  const before = new Set((order ?? []).slice(0, (order ?? []).indexOf(key)));
  const earlier = map.items.findLast(({ key: known }) =>
    before.has(keyText(known) ?? ''),
  );
  return earlier === undefined ? endOf(map) : pairEnd(earlier);
}

/** Writes `key: value`; what is long gets a line for each of its entries. */
function pairLines(
  key: string,
  value: JsonValue,
  { indent, isTop }: { readonly indent: string; readonly isTop: boolean },
): string {
  const line = `${indent}${keyOf(key)}: ${flowText(value)}`;
  const isMapping =
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMapping || (line.length <= lineWidth && !isTop)) return line;
  const inner = Object.entries(value).map(([name, part]) =>
    pairLines(name, part, { indent: `${indent}  `, isTop: false }),
  );
  return [`${indent}${keyOf(key)}:`, ...inner].join('\n');
}

const keyOf = (key: string): string => stringify(key).trim();

/** Writes a value on one line, as the flow style does. */
function flowText(value: JsonValue): string {
  if (typeof value === 'object' && value !== null)
    return stringify(value, {
      collectionStyle: 'flow',
      lineWidth: 0,
      flowCollectionPadding: true,
    })
      .trim()
      .replaceAll(/^\[ | \]$/g, (edge) => edge.trim());
  // Inside braces a plain text may not hold what ends it there.
  const flow = stringify([value], { collectionStyle: 'flow', lineWidth: 0 });
  return flow
    .trim()
    .replace(/^\[\s*/, '')
    .replace(/\s*\]$/, '');
}

/** Puts a text behind the last item of a flow collection. */
function intoFlow(text: string, node: Collection, made: string): string {
  const [open, behindClose] = node.range ?? [0, 1];
  const close = behindClose - 1;
  if (node.items.length === 0) {
    const inner = isMap(node) ? ` ${made} ` : made;
    return `${text.slice(0, open + 1)}${inner}${text.slice(close)}`;
  }
  const end = lastEnd(node);
  const lineStart = text.lastIndexOf('\n', end - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const length = (lineEnd < 0 ? text.length : lineEnd) - lineStart;
  const isWrapped = text.slice(open, close).includes('\n');
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const separator =
    isWrapped && length + made.length + 2 > lineWidth ? `,\n${indent}` : ', ';
  return `${text.slice(0, end)}${separator}${made}${text.slice(end)}`;
}

/** Puts lines behind the line on which an offset stands. */
function behind(text: string, offset: number, lines: string): string {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const made = lines.replaceAll('\n', ending);
  const at = text.indexOf('\n', Math.max(0, offset));
  if (at < 0)
    return `${text}${text.endsWith('\n') || text === '' ? '' : ending}${made}${ending}`;
  return `${text.slice(0, at + 1)}${made}${ending}${text.slice(at + 1)}`;
}

const startOf = (map: YAMLMap): number => {
  const key = map.items[0]?.key;
  return isNode(key) ? (key.range?.[0] ?? 0) : (map.range?.[0] ?? 0);
};

const columnOf = (text: string, offset: number): number =>
  offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** The offset of the last character of a node's text; comments behind it are not its text. */
function endOf(node: unknown): number {
  if (isCollection(node) && node.flow !== true && node.items.length > 0)
    return lastEnd(node) - 1;
  if (!isNode(node)) return 0;
  const [start = 0, end = 0] = node.range ?? [];
  return Math.max(start, end - 1);
}

function pairEnd({ key, value }: YAMLMap['items'][number]): number {
  return Math.max(
    endOf(key),
    isNode(value) && !isNothing(value) ? endOf(value) : 0,
  );
}

/** The offset behind the last item of a collection. */
function lastEnd(node: Collection): number {
  const last = node.items.at(-1);
  if (isMap(node)) {
    const pair = node.items.at(-1);
    return pair === undefined ? 0 : pairEnd(pair) + 1;
  }
  return endOf(last) + 1;
}
