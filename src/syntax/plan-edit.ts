// Changes to values as edits of the text, so that comments and layout around them stay. What has no certain place gives null.
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Change } from '../core/change.ts';
import type { Range } from '../core/diagnostic.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import { keyText } from './source-document.ts';

export interface TextEdit extends Range {
  readonly to: string;
}

export interface PlannedChange {
  readonly pointer: Pointer;
  readonly at: 'key' | 'value';
  readonly change: Change;
}

/** Plans the edits of one text; the plans are of the text as it is, so two of them may meet. */
export function editPlanner(
  text: string,
): (planned: PlannedChange) => TextEdit | null {
  const source: Source = {
    text,
    root: parseDocument(text, { uniqueKeys: false }).contents,
  };
  return ({ pointer, at, change }) => {
    if (change.kind === 'text') return { ...change.range, to: change.to };
    const spot = spotOf(source.root, segmentsOf(pointer));
    return spot === null ? null : planOne(source, { ...spot, at }, change);
  };
}

interface Source {
  readonly text: string;
  readonly root: unknown;
}

type YamlPair = Pair<unknown, unknown>;

interface Spot {
  readonly parent: Node | null;
  readonly pair: YamlPair | null;
  readonly index: number;
  readonly node: unknown;
}

/** Finds a node by its own path; what an alias or a merge brings stands elsewhere, and for others too. */
function spotOf(root: unknown, segments: readonly string[]): Spot | null {
  let spot: Spot = { parent: null, pair: null, index: -1, node: root };
  for (const segment of segments) {
    const { node } = spot;
    if (isMap(node)) {
      const found = node.items.filter(({ key }) => keyText(key) === segment);
      const [pair] = found;
      if (pair === undefined || found.length > 1) return null;
      const index = node.items.indexOf(pair);
      spot = { parent: node, pair, index, node: pair.value };
    } else if (isSeq(node)) {
      const index = Number(segment);
      if (!(index < node.items.length)) return null;
      spot = { parent: node, pair: null, index, node: node.items[index] };
    } else return null;
  }
  return spot;
}

function planOne(
  source: Source,
  spot: Spot & { readonly at: 'key' | 'value' },
  change: Exclude<Change, { kind: 'text' }>,
): TextEdit | null {
  switch (change.kind) {
    case 'rename':
      return rewrite(
        source,
        spot.at === 'key' ? spot.pair?.key : spot.node,
        (written) => renamed(written, change.to),
      );
    case 'quote':
      return rewrite(source, spot.node, (written) =>
        /^["']|["\\]/.test(written) ? null : `"${written}"`,
      );
    case 'unquote':
      return rewrite(source, spot.node, (written) =>
        /^(["']).*\1$/.test(written) ? written.slice(1, -1) : null,
      );
    case 'remove':
      return removal(source, spot);
    case 'insert':
      return isMap(spot.node)
        ? insertion(source, spot.node, {
            entry: `${change.key}: ${change.value}`,
            isRoot: spot.parent === null,
          })
        : null;
    default:
      return change satisfies never;
  }
}

function rangeIn(node: unknown): Range | null {
  if (!isNode(node) || !node.range) return null;
  const [start, end] = node.range;
  return { start, end };
}

function rewrite(
  { text }: Source,
  node: unknown,
  change: (written: string) => string | null,
): TextEdit | null {
  const range = rangeIn(node);
  const isPlain =
    isScalar(node) && node.anchor === undefined && node.tag === undefined;
  if (range === null || !isPlain) return null;
  const written = text.slice(range.start, range.end);
  const to = written.includes('\n') ? null : change(written);
  return to === null ? null : { ...range, to };
}

const plainPattern = /^-?[A-Za-z_][\w.$/+-]*(?: \| [\w.-]+)*(?:\[\]|\?)?$/;
const words = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off']);

/** Writes another text in the way the old one is written. */
function renamed(written: string, to: string): string | null {
  const quote = /^["']/.exec(written)?.[0];
  if (quote !== undefined)
    return to.includes(quote) || to.includes('\\')
      ? null
      : `${quote}${to}${quote}`;
  const isPlain = plainPattern.test(to) || /^\d+(?:\.\d+)?[A-Za-z/]+$/.test(to);
  return isPlain && !words.has(to.toLowerCase()) ? to : JSON.stringify(to);
}

function removal(source: Source, spot: Spot): TextEdit | null {
  const { parent, index, node, pair } = spot;
  if (parent === null || !(isMap(parent) || isSeq(parent))) return null;
  const own = extentOf(node, pair);
  if (own === null) return null;
  const edit =
    parent.flow === true
      ? flowRemoval(parent, own, index)
      : lineRemoval(source.text, own, isSeq(parent));
  // A comment in what goes would go with it.
  return edit === null || source.text.slice(edit.start, edit.end).includes('#')
    ? null
    : edit;
}

function extentOf(node: unknown, pair: YamlPair | null): Range | null {
  const value = rangeIn(node);
  if (pair === null) return value;
  const key = rangeIn(pair.key);
  return key && { start: key.start, end: value?.end ?? key.end };
}

function flowRemoval(
  parent: YAMLMap | YAMLSeq,
  own: Range,
  index: number,
): TextEdit | null {
  const extent = (at: number): Range | null => {
    const item: unknown = parent.items[at];
    return isMap(parent) && item !== undefined
      ? extentOf((item as YamlPair).value, item as YamlPair)
      : rangeIn(item);
  };
  const before = index > 0 ? extent(index - 1) : null;
  if (before !== null) return { start: before.end, end: own.end, to: '' };
  const after = extent(index + 1);
  return after === null ? null : { start: own.start, end: after.start, to: '' };
}

/** Removes the line of an entry, when it is all that the line holds, and others are left. */
function lineRemoval(
  text: string,
  own: Range,
  isItem: boolean,
): TextEdit | null {
  const start = text.lastIndexOf('\n', own.start - 1) + 1;
  const newline = text.indexOf('\n', own.end);
  const end = newline === -1 ? text.length : newline + 1;
  const isAlone =
    (isItem ? /^ *- +$/ : /^ *$/).test(text.slice(start, own.start)) &&
    !text.slice(own.start, own.end).trimEnd().includes('\n') &&
    text.slice(own.end, end).trim() === '';
  return isAlone ? { start, end, to: '' } : null;
}

function insertion(
  { text }: Source,
  map: YAMLMap,
  given: { readonly entry: string; readonly isRoot: boolean },
): TextEdit | null {
  const range = rangeIn(map);
  if (range === null) return null;
  return map.flow === true
    ? flowInsertion(text, range, { map, entry: given.entry })
    : lineInsertion(text, map, given);
}

function flowInsertion(
  text: string,
  range: Range,
  { map, entry }: { readonly map: YAMLMap; readonly entry: string },
): TextEdit {
  const start = range.start + 1;
  if (map.items.length === 0)
    return { start, end: range.end - 1, to: ` ${entry} ` };
  // The space behind the bracket comes to stand behind the comma.
  const to = text[start] === ' ' ? ` ${entry},` : `${entry}, `;
  return { start, end: start, to };
}

function lineInsertion(
  text: string,
  map: YAMLMap,
  { entry, isRoot }: { readonly entry: string; readonly isRoot: boolean },
): TextEdit | null {
  const key = rangeIn(map.items[0]?.key);
  if (key === null) return null;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lineStart = text.lastIndexOf('\n', key.start - 1) + 1;
  const indent = text.slice(lineStart, key.start);
  if (!/^ *$/.test(indent)) return null;
  // A comment above the first entry belongs to it, but above the whole file to the file.
  const before = {
    start: lineStart,
    end: lineStart,
    to: `${indent}${entry}${lineEnd}`,
  };
  if (isRoot) return before;
  const above = text.slice(0, lineStart).trimEnd().split('\n').at(-1) ?? '';
  return above.trimStart().startsWith('#') ? null : before;
}
