// YAML with comments, as a person would lay it out: short collections on one line, remarks behind values and above keys.
import {
  Document,
  isCollection,
  isScalar,
  Pair,
  Scalar,
  YAMLMap,
  YAMLSeq,
  type Node,
} from 'yaml';
import type { JsonValue } from '../core/json.ts';
import { cleanText, oneLine } from './clean-text.ts';

export type Commented = CommentedValue | CommentedMap | CommentedList;

export interface CommentedValue {
  readonly kind: 'value';
  readonly value: JsonValue;
  /** Printed behind the value, or above it when it takes several lines. */
  readonly comment: string | null;
}

export interface CommentedMap {
  readonly kind: 'map';
  readonly entries: readonly CommentedEntry[];
}

export interface CommentedList {
  readonly kind: 'list';
  readonly items: readonly Commented[];
}

export interface CommentedEntry {
  readonly key: string;
  readonly node: Commented;
  /** Lines printed above the key. */
  readonly above: readonly string[];
  readonly hasBlankLineBefore: boolean;
  /** Printed as a comment, below the entries that are not. */
  readonly isCommentedOut: boolean;
}

/** Columns that a collection on one line may take, its key left out. */
const flowLimit = 96;

const options = { lineWidth: 0, minContentWidth: 0 } as const;

/** Writes YAML 1.2 under a header of comment lines; strings that YAML 1.1 readers mistake are quoted. */
export function commentedYaml(
  root: CommentedMap,
  header: readonly string[],
): string {
  const body = bodyOf(root);
  const head = header.map((line) => `# ${oneLine(cleanText(line))}`);
  return `${[...head, body].join('\n').trimEnd()}\n`;
}

function bodyOf(root: CommentedMap): string {
  const document = new Document(null, {
    aliasDuplicateObjects: false,
    version: '1.2',
    compat: 'yaml-1.1',
  });
  const isEmpty = root.entries.every(({ isCommentedOut }) => isCommentedOut);
  if (isEmpty) return commentedOut(root.entries).join('\n');
  document.contents = mapNode(document, root);
  return document.toString(options);
}

function nodeOf(document: Document, commented: Commented): Node {
  switch (commented.kind) {
    case 'value':
      return valueNode(document, commented);
    case 'map':
      return mapNode(document, commented);
    case 'list': {
      const list = new YAMLSeq(document.schema);
      for (const item of commented.items)
        list.items.push(nodeOf(document, item));
      return list;
    }
    default:
      return commented satisfies never;
  }
}

function valueNode(
  document: Document,
  { value, comment }: CommentedValue,
): Node {
  const node: Node = document.createNode(value);
  const isFlow = isCollection(node) && flowText(value).length + 2 <= flowLimit;
  if (isCollection(node) && isFlow) node.flow = true;
  if (comment === null) return node;
  const isBehind = isFlow || (isScalar(node) && isOneLine(value));
  if (isBehind) node.comment = ` ${oneLine(cleanText(comment))}`;
  else node.commentBefore = ` ${oneLine(cleanText(comment))}`;
  return node;
}

const isOneLine = (value: JsonValue): boolean =>
  typeof value !== 'string' || !value.includes('\n');

/** About what a collection takes on one line: JSON with a space behind each comma and colon. */
function flowText(value: JsonValue): string {
  return JSON.stringify(value).replaceAll('"', '').replaceAll(/[,:]/g, '$& ');
}

function mapNode(document: Document, { entries }: CommentedMap): YAMLMap {
  const map = new YAMLMap(document.schema);
  for (const entry of entries) {
    if (entry.isCommentedOut) continue;
    const key = new Scalar(entry.key);
    if (entry.above.length > 0)
      key.commentBefore = entry.above
        .map((line) => ` ${oneLine(cleanText(line))}`)
        .join('\n');
    key.spaceBefore = entry.hasBlankLineBefore;
    map.items.push(new Pair(key, nodeOf(document, entry.node)));
  }
  const aside = entries.filter(({ isCommentedOut }) => isCommentedOut);
  if (aside.length > 0)
    map.comment = commentedOut(aside)
      .map((line) => line.replace(/^#/, ''))
      .join('\n');
  return map;
}

/** Writes entries as comment lines that are YAML again once the `# ` is taken away. */
function commentedOut(entries: readonly CommentedEntry[]): readonly string[] {
  return entries.flatMap((entry) =>
    bodyOf({
      kind: 'map',
      entries: [{ ...revealed(entry), hasBlankLineBefore: false }],
    })
      .trimEnd()
      .split('\n')
      .map((line) => `# ${line}`),
  );
}

/** Inside of what is a comment as a whole, nothing needs to be commented out again. */
function revealed(entry: CommentedEntry): CommentedEntry {
  return { ...entry, node: revealedNode(entry.node), isCommentedOut: false };
}

function revealedNode(node: Commented): Commented {
  switch (node.kind) {
    case 'value':
      return node;
    case 'list':
      return { ...node, items: node.items.map(revealedNode) };
    case 'map':
      return { ...node, entries: node.entries.map(revealed) };
    default:
      return node satisfies never;
  }
}
