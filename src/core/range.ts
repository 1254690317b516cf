// A part of a text.

/** Offsets `[start, end)` in UTF-16 units into one file's text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
