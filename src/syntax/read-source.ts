// A file's text to a source document: by the quick reader where it can, by the YAML library where it must.
import type { Outcome, Range } from '../core/diagnostic.ts';
import { lazy } from '../core/lazy.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import { parseSource } from './parse-source.ts';
import { plainCommentsWith, plainExtentsIn } from './plain-extents.ts';
import { readPlainYaml, type PlainYaml } from './read-plain-yaml.ts';
import type { Layout } from './reading.ts';
import type { SourceDocument } from './source-document.ts';

/**
 * Reads one YAML 1.2 file. `file` is the name used in diagnostics.
 * Reports: every `syntax/*` code; the value is null when the file cannot be used.
 */
export function readSource(
  file: string,
  text: string,
): Outcome<SourceDocument> {
  const plain = readPlainYaml(text);
  return plain === null
    ? parseSource(file, text)
    : { value: plainDocument(file, text, plain), diagnostics: [] };
}

interface Found {
  readonly depth: number;
  readonly key: Range | null;
  readonly value: Range;
  readonly isBlock: boolean;
}

function plainDocument(
  file: string,
  text: string,
  plain: PlainYaml,
): SourceDocument {
  const parsed = lazy(() => parseSource(file, text).value);
  const indexOf = keyIndex();
  const find = (at: Pointer): Found => walk(plain, segmentsOf(at), indexOf);
  return {
    file,
    text,
    value: plain.value,
    locate: (at, part) => {
      const { key, value, isBlock } = find(at);
      if (part === 'key' && key !== null) return key;
      if (isBlock && !plain.isExact) return parsed()?.locate(at, part) ?? value;
      return value;
    },
    has: (at) => find(at).depth === segmentsOf(at).length,
    commentsWith: (word) => plainCommentsWith(word, text, plain),
    extentsIn: (within) => plainExtentsIn(plain, within),
  };
}

type KeyIndex = (layout: Layout, segment: string) => number;

/** Finds keys by name; large mappings are indexed at the first question. */
function keyIndex(): KeyIndex {
  const indexes = new Map<Layout, ReadonlyMap<string, number>>();
  return (layout, segment) => {
    const { names } = layout;
    if (names === null) return /^\d+$/.test(segment) ? Number(segment) : -1;
    if (names.length < 8) return names.indexOf(segment);
    const known =
      indexes.get(layout) ?? new Map(names.map((name, index) => [name, index]));
    indexes.set(layout, known);
    return known.get(segment) ?? -1;
  };
}

function walk(
  { value, layouts }: PlainYaml,
  segments: readonly string[],
  indexOf: KeyIndex,
): Found {
  const { start, end } = layouts.get(value) ?? { start: 0, end: 0 };
  let found: Found = {
    depth: 0,
    key: null,
    value: { start, end },
    isBlock: true,
  };
  let inside: unknown = value;
  for (const segment of segments) {
    const layout = isHolder(inside) ? layouts.get(inside) : undefined;
    if (layout === undefined) break;
    const entry = entryAt(layout, indexOf(layout, segment));
    if (entry === null) break;
    inside = (inside as Readonly<Record<string, unknown>>)[segment];
    found = {
      depth: found.depth + 1,
      key: layout.names === null ? null : entry.key,
      value: entry.value,
      isBlock: isHolder(inside),
    };
  }
  return found;
}

const isHolder = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

function entryAt(
  { spans }: Layout,
  index: number,
): { readonly key: Range; readonly value: Range } | null {
  if (index < 0 || 4 * index >= spans.length) return null;
  const offset = (part: number): number => spans[4 * index + part] ?? 0;
  return {
    key: { start: offset(0), end: offset(1) },
    value: { start: offset(2), end: offset(3) },
  };
}
