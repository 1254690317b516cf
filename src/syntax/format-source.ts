// A YAML text in canonical layout: order of keys, indentation, spaces inside braces, quotes. Comments, anchors and line
// breaks stay the author's, and what the text stands for stays the same. Knows nothing about architecture.
import { Lexer, parseDocument } from 'yaml';
import { editSpacing } from './format-spacing.ts';
import { indentLines } from './format-indentation.ts';
import { orderKeys, type KeyOrder } from './format-order.ts';

export type Formatted =
  | { readonly text: string }
  /** Left as it is, and why. */
  | { readonly problem: string };

/** Formats a text; formatting it again changes nothing. */
export function formatSource(text: string, order: KeyOrder): Formatted {
  const plain = text.replaceAll(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  const [first] = parseDocument(plain).errors;
  if (first !== undefined) return { problem: 'it is not valid YAML' };
  const steps = [
    tidyLines,
    indentLines,
    (now: string) => orderKeys(now, order),
    editSpacing,
    tidyLines,
  ];
  const made = steps.reduce((now, step) => step(now), plain);
  // The last guard: a formatter that changed the meaning would be worse than none.
  return isSame(plain, made)
    ? { text: made }
    : { problem: 'it could not be formatted without changing what it says' };
}

/** No spaces at the ends of lines outside of texts over several lines, one blank line at most, one line feed at the end. */
function tidyLines(text: string): string {
  const kept = linesOfScalars(text);
  const lines = text
    .split('\n')
    .map((line, index) => (kept.has(index) ? line : line.trimEnd()));
  const tidy = lines.filter(
    (line, index) =>
      line !== '' ||
      kept.has(index) ||
      (index > 0 && lines[index - 1] !== '' && index < lines.length - 1),
  );
  return `${tidy.join('\n').replace(/\n+$/, '')}\n`;
}

/** Lines inside of scalars over several lines, whose spaces may be part of the text. */
function linesOfScalars(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let line = 0;
  for (const token of new Lexer().lex(text)) {
    // Control characters stand for what the text does not hold.
    // oxlint-disable-next-line no-control-regex -- these are the lexer's own marks
    if (/^[\u0002\u0018\u001f\ufeff]$/.test(token)) continue;
    const count = token.split('\n').length - 1;
    if (count > 1 || (count === 1 && token.trim() !== ''))
      for (let at = line; at <= line + count; at += 1)
        if (!/^\s*$/.test(token)) lines.add(at);
    line += count;
  }
  return lines;
}

function isSame(before: string, after: string): boolean {
  const document = parseDocument(after);
  return (
    document.errors.length === 0 &&
    sorted(parseDocument(before).toJS()) === sorted(document.toJS()) &&
    comments(before) === comments(after)
  );
}

function comments(text: string): string {
  return [...new Lexer().lex(text)]
    .filter((token) => token.startsWith('#'))
    .map((token) => token.trimEnd())
    .toSorted()
    .join('\n');
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${sorted(item)}`)
    .toSorted();
  return `{${members.join(',')}}`;
}
