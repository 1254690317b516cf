// Comments, and what stands on a line, in a file that the quick reader has read. The same answers as the YAML library's.
import type { Range } from '../core/diagnostic.ts';
import type { PlainYaml } from './read-plain-yaml.ts';

/** Gives the comments that hold a word, from their `#` to the end of the line, in the order of the text. */
export function plainCommentsWith(
  word: string,
  text: string,
  plain: PlainYaml,
): readonly Range[] {
  const found: Range[] = [];
  let at = text.indexOf(word);
  while (at !== -1) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 ? text.length : newline;
    const start = commentStart(text, { start: lineStart, end: at }, plain);
    if (start !== null) {
      const length = text.slice(start, lineEnd).trimEnd().length;
      found.push({ start, end: start + length });
    }
    at = text.indexOf(word, start === null ? at + 1 : lineEnd);
  }
  return found;
}

/** Where a comment begins in a part of a line; a `#` in a text is none. */
function commentStart(
  text: string,
  { start, end }: Range,
  plain: PlainYaml,
): number | null {
  for (let at = start; at < end; at += 1) {
    const isMark =
      text.charCodeAt(at) === 0x23 &&
      (at === start || text.charCodeAt(at - 1) === 0x20);
    if (isMark && !isInText(plain, at)) return at;
  }
  return null;
}

function isInText({ value, layouts }: PlainYaml, offset: number): boolean {
  let inside: unknown = value;
  for (;;) {
    const layout = layouts.get(inside as object);
    if (layout === undefined) return true;
    const { names, spans } = layout;
    const index = entryAround(spans, offset);
    if (index === null) return false;
    if (offset < (spans[4 * index + 1] ?? 0)) return true;
    // Between a key and its value there is no text.
    if (offset < (spans[4 * index + 2] ?? 0)) return false;
    inside = memberAt(inside, names, index);
  }
}

/** What a mapping or list holds as the entry of an index. */
function memberAt(
  holder: unknown,
  names: readonly string[] | null,
  index: number,
): unknown {
  const step = names === null ? index : (names[index] ?? '');
  return (holder as Readonly<Record<string | number, unknown>>)[step];
}

function entryAround(spans: readonly number[], offset: number): number | null {
  for (let index = 0; 4 * index < spans.length; index += 1) {
    const start = spans[4 * index] ?? 0;
    const end = spans[4 * index + 3] ?? 0;
    if (start <= offset && offset < end) return index;
  }
  return null;
}

/** Gives the extents of the outermost entries and items that begin in a part of the text, in its order. */
export function plainExtentsIn(
  { value, layouts }: PlainYaml,
  within: Range,
): readonly Range[] {
  const found: Range[] = [];
  const look = (holder: unknown): void => {
    const layout = layouts.get(holder as object);
    if (layout === undefined) return;
    const { names, spans } = layout;
    for (let index = 0; 4 * index < spans.length; index += 1) {
      // An item is where its value is; its dash is not part of it.
      const start = spans[4 * index + (names === null ? 2 : 0)] ?? 0;
      const end = spans[4 * index + 3] ?? 0;
      if (start >= within.end) return;
      if (start >= within.start) found.push({ start, end });
      else if (end > within.start) look(memberAt(holder, names, index));
    }
  };
  look(value);
  return found;
}
