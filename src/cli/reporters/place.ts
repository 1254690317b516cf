// Where a finding stands, as reporters tell it: file, line and column, counted from 1.
import type { Location } from '../../core/diagnostic.ts';
import type { Position } from '../../core/line-index.ts';
import type { Lines } from './reporter.ts';

export interface Span {
  readonly start: Position;
  /** The position after the last character. */
  readonly end: Position;
}

export interface ReportedPlace {
  readonly file: string;
  /** Null when the whole file is meant, or its text is not at hand. */
  readonly span: Span | null;
}

/** Turns a location's offsets into lines and columns; null when there is no location. */
export function reportedPlace(
  location: Location | null,
  lines: Lines,
): ReportedPlace | null {
  if (location === null) return null;
  const { file, range } = location;
  const index = lines(file);
  if (range === null || index === null) return { file, span: null };
  return {
    file,
    span: {
      start: index.positionOf(range.start),
      end: index.positionOf(range.end),
    },
  };
}

/** Writes `file:line:column`, or only the file when nothing finer is known. */
export function placeText({ file, span }: ReportedPlace): string {
  return span === null
    ? file
    : `${file}:${span.start.line}:${span.start.column}`;
}
