// Block mappings and lists indented by two spaces a level; what stands on the lines of an entry moves with it.
import {
  isCollection,
  isMap,
  isNode,
  isSeq,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

const step = 2;

interface Entry {
  readonly start: number;
  readonly end: number;
  /** What stands under it in lines of its own. */
  readonly inner: unknown;
}

/** Indents a text. */
export function indentLines(text: string): string {
  const root = parseDocument(text).contents;
  if (!isBlock(root)) return text;
  const lines = text.split('\n');
  const starts = lineStarts(text);
  const shifts = lines.map(() => 0);
  place(root, 0, { text, starts, shifts });
  return lines
    .map((line, index) => shifted(line, shifts[index] ?? 0))
    .join('\n');
}

interface Page {
  readonly text: string;
  readonly starts: readonly number[];
  readonly shifts: number[];
}

function place(node: YAMLMap | YAMLSeq, column: number, page: Page): void {
  const { starts, shifts } = page;
  let previous: number | null = null;
  for (const { start, end, inner } of entriesOf(node, page)) {
    const line = lineOf(starts, start);
    const shift = column - (start - (starts[line] ?? 0));
    const last = lineOf(starts, Math.max(start, end - 1));
    // Comments above an entry move with it.
    const from = previous === null ? commentsAbove(page, line) : previous + 1;
    for (let at = from; at <= last; at += 1) shifts[at] = shift;
    previous = last;
    if (isBlock(inner)) {
      const begin = firstStart(inner, page);
      const isCompact = lineOf(starts, begin) === line;
      place(inner, isCompact ? column + begin - start : column + step, page);
    }
  }
}

/** The first of the comment lines directly above a line. */
function commentsAbove({ text, starts }: Page, line: number): number {
  let first = line;
  while (
    first > 0 &&
    /^[ \t]*#/.test(text.slice(starts[first - 1] ?? 0, starts[first] ?? 0))
  )
    first -= 1;
  return first;
}

function entriesOf(node: YAMLMap | YAMLSeq, { text }: Page): readonly Entry[] {
  if (isMap(node))
    return node.items.map(({ key, value }) => {
      const start = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      const end = isNode(value) ? (value.range?.[1] ?? start) : start;
      return {
        start: keyStart(text, start),
        end: Math.max(end, start),
        inner: value,
      };
    });
  return node.items.map((item) => {
    const at = isNode(item) ? (item.range?.[0] ?? 0) : 0;
    const end = isNode(item) ? (item.range?.[1] ?? at) : at;
    return { start: dashBefore(text, at), end, inner: item };
  });
}

/** An anchor or tag may stand before a key's text. */
function keyStart(text: string, at: number): number {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const before = /(?:[&!]\S*[ \t]+)+$/.exec(text.slice(line, at));
  return at - (before?.[0].length ?? 0);
}

function dashBefore(text: string, at: number): number {
  for (let index = at - 1; index >= 0; index -= 1)
    if (text[index] === '-' && /[\s]/.test(text[index + 1] ?? '\n'))
      return index;
  return at;
}

function firstStart(node: YAMLMap | YAMLSeq, page: Page): number {
  return entriesOf(node, page)[0]?.start ?? 0;
}

const isBlock = (node: unknown): node is YAMLMap | YAMLSeq =>
  isCollection(node) &&
  (isMap(node) || isSeq(node)) &&
  node.flow !== true &&
  node.items.length > 0;

function shifted(line: string, shift: number): string {
  if (line.trim() === '' || shift === 0) return line;
  if (shift > 0) return ' '.repeat(shift) + line;
  const space = /^ */.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(space, -shift));
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
