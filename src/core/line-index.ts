// Offsets to lines and columns, both counted from 1, columns in UTF-16 units as editors count them.

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LineIndex {
  readonly positionOf: (offset: number) => Position;
  /** Text of a line without its line end; empty past the last one. */
  readonly textOf: (line: number) => string;
  readonly lineCount: number;
}

/** Indexes a text's lines; `\n`, `\r\n` and `\r` end a line. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g))
    starts.push(match.index + match[0].length);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    positionOf: (offset) => {
      const bounded = Math.min(Math.max(0, offset), text.length);
      const line = lineOf(bounded);
      return { line: line + 1, column: bounded - (starts[line] ?? 0) + 1 };
    },
    textOf: (line) => {
      const start = starts[line - 1];
      return start === undefined
        ? ''
        : text
            .slice(start, starts[line] ?? text.length)
            .replace(/[\r\n]+$/, '');
    },
    lineCount: starts.length,
  };
}
