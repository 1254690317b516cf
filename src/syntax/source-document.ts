// One parsed YAML file: its plain value, and where each part of the value stands in the text.
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { Range } from '../core/diagnostic.ts';
import type { JsonObject } from '../core/json.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import type { AliasTargets } from './alias-targets.ts';
import { extentsIn } from './find-extents.ts';
import { commentsWith } from './find-comments.ts';
import { rangeOf } from './range-of.ts';

export interface SourceDocument {
  readonly file: string;
  readonly text: string;
  readonly value: JsonObject;
  /** Finds the text of a value or of its key; a pointer that has no node takes the nearest ancestor's range. */
  readonly locate: (at: Pointer, part: 'key' | 'value') => Range | null;
  /** Tells whether a pointer names a node of this file. */
  readonly has: (at: Pointer) => boolean;
  /** Finds the comments that hold a word, from their `#` to the end of the line. */
  readonly commentsWith: (word: string) => readonly Range[];
  /** Finds the extents of the outermost entries and items that begin in a part of the text. */
  readonly extentsIn: (within: Range) => readonly Range[];
}

export interface ParsedDocument {
  readonly document: Document;
  readonly targets: AliasTargets;
  readonly value: JsonObject;
}

type YamlPair = Pair<unknown, unknown>;

interface Found {
  readonly node: Node;
  readonly pair: YamlPair | null;
}

/** Makes the document of a parsed file; looks up ranges only when asked. */
export function sourceDocument(
  file: string,
  text: string,
  parsed: ParsedDocument,
): SourceDocument {
  const { value } = parsed;
  return {
    file,
    text,
    value,
    locate: (at, part) => {
      const { found } = walk(parsed, segmentsOf(at));
      if (found === null) return null;
      const key = found.pair?.key;
      const node = part === 'key' && isNode(key) ? key : found.node;
      return rangeOf(node) ?? rangeOf(key);
    },
    has: (at) => {
      const segments = segmentsOf(at);
      return walk(parsed, segments).depth === segments.length;
    },
    commentsWith: (word) => commentsWith(word, text),
    extentsIn: (within) => extentsIn(parsed.document, within),
  };
}

function walk(
  { document, targets }: ParsedDocument,
  segments: readonly string[],
): { found: Found | null; depth: number } {
  const root = document.contents;
  if (!isNode(root)) return { found: null, depth: 0 };
  let found: Found = { node: root, pair: null };
  let depth = 0;
  for (const segment of segments) {
    const next = step(targets, found.node, segment);
    if (next === null) break;
    found = next;
    depth += 1;
  }
  return { found, depth };
}

function step(
  targets: AliasTargets,
  from: Node,
  segment: string,
): Found | null {
  const node = isAlias(from) ? targets.get(from) : from;
  if (isMap(node)) return stepIntoMap(targets, node.items, segment);
  if (isSeq(node)) {
    const item = node.items[Number(segment)];
    return isNode(item) ? { node: item, pair: null } : null;
  }
  return null;
}

function stepIntoMap(
  targets: AliasTargets,
  pairs: readonly YamlPair[],
  segment: string,
): Found | null {
  const pair = pairs.find((candidate) => keyText(candidate.key) === segment);
  if (pair !== undefined) {
    if (isNode(pair.value)) return { node: pair.value, pair };
    return isNode(pair.key) ? { node: pair.key, pair } : null;
  }
  for (const source of pairs.flatMap(mergedInto)) {
    const inner = step(targets, source, segment);
    if (inner !== null) return inner;
  }
  return null;
}

/** The mappings that an entry named `<<` merges into the one that holds it. */
function mergedInto({ key, value }: YamlPair): readonly Node[] {
  if (keyText(key) !== '<<' || !isNode(value)) return [];
  return isSeq(value) ? value.items.filter((item) => isNode(item)) : [value];
}

/** Gives a key as the text that the plain value uses for it; null for a key that is no scalar. */
export function keyText(key: unknown): string | null {
  if (isScalar(key)) return key.value === null ? '' : String(key.value);
  return typeof key === 'string' ? key : null;
}
