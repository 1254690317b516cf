// The state of reading plain YAML, and how reading is given up.

/** Where a mapping or list stands: its entries have four offsets each, `[keyStart, keyEnd, valueStart, valueEnd]`. */
export interface Layout {
  readonly start: number;
  readonly end: number;
  /** The keys of a mapping, in the order of the text; null for a list. */
  readonly names: readonly string[] | null;
  readonly spans: readonly number[];
}

export interface Reading {
  readonly text: string;
  /** Where the next character stands. */
  at: number;
  /** Where the line of `at` ends. */
  lineEnd: number;
  /** Indentation of the line, or of the block that begins in it; -1 past the last line. */
  indent: number;
  /** Where the last line that held something ends, its newline included. */
  blockEnd: number;
  /** The deepest comment between that line and this one; -1 when there is none. */
  commentIndent: number;
  isExact: boolean;
  readonly layouts: Map<object, Layout>;
}

/** What reading throws to get out of its depth; it never leaves `readPlainYaml`. */
export const gaveUp: unique symbol = Symbol('not plain YAML');

/** Leaves the file to the YAML library. */
export function giveUp(): never {
  // eslint-disable-next-line no-throw-literal -- not an error: an exit that costs no stack trace
  throw gaveUp;
}

/** Fills in where the value of the last entry stands. */
export function place(spans: number[], start: number, end: number): void {
  spans[spans.length - 2] = start;
  spans[spans.length - 1] = end;
}
