// The lines of source that a finding is about, with marks under what is meant.
import type { LineIndex } from '../../core/line-index.ts';
import type { Span } from './place.ts';
import { columnsOf, printable } from './printable.ts';

/** Columns of source shown of one line; longer lines are cut around the mark. */
const widest = 110;

export interface Frame {
  readonly lines: readonly FrameLine[];
  /** Width of the largest line number. */
  readonly gutter: number;
}

export interface FrameLine {
  /** Null for the line of marks. */
  readonly number: number | null;
  readonly text: string;
}

/** Frames a place: the line before it, its first line with marks, and the second line of a longer range. */
export function codeFrame(index: LineIndex, span: Span): Frame {
  const { start, end } = span;
  const isLong = end.line > start.line;
  const first = cut(index.textOf(start.line), {
    from: start.column - 1,
    to: isLong ? Infinity : end.column - 1,
  });
  const before = index.textOf(start.line - 1);
  const lines: FrameLine[] = [];
  if (start.line > 1 && before.trim() !== '')
    lines.push({ number: start.line - 1, text: plain(before) });
  lines.push({ number: start.line, text: first.text });
  lines.push({ number: null, text: first.marks });
  const second = index.textOf(start.line + 1);
  if (isLong && end.line > start.line && second.trim() !== '')
    lines.push({ number: start.line + 1, text: plain(second) });
  const largest = isLong ? start.line + 1 : start.line;
  return { lines, gutter: String(largest).length };
}

interface Marked {
  readonly text: string;
  readonly marks: string;
}

function cut(line: string, range: { from: number; to: number }): Marked {
  const ends = line.trimEnd().length;
  const from = Math.min(range.from, line.length);
  const to = Math.max(from, Math.min(range.to, ends));
  const begin = line.length <= widest ? 0 : Math.max(0, from - 40);
  const finish =
    line.length <= widest ? line.length : Math.min(line.length, begin + widest);
  const lead = (begin > 0 ? '…' : '') + shown(line.slice(begin, from));
  const marked = shown(line.slice(from, Math.min(to, finish)));
  const rest = shown(line.slice(Math.min(to, finish), finish));
  return {
    text: (lead + marked + rest).trimEnd() + (finish < line.length ? '…' : ''),
    marks:
      ' '.repeat(columnsOf(lead)) + '^'.repeat(Math.max(1, columnsOf(marked))),
  };
}

const plain = (line: string): string =>
  shown(line.slice(0, widest)).trimEnd() + (line.length > widest ? '…' : '');

/** A tab as two spaces, so that the marks below it stand right wherever tab stops are. */
const shown = (text: string): string => printable(text.replaceAll('\t', '  '));
