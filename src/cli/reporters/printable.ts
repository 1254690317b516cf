// Text of users made safe to print: nothing in it can move the cursor, colour the terminal or reorder what is read.

// C0 and C1 controls, and the marks and overrides of bidirectional text (Unicode TR 36).
const unsafe =
  // oxlint-disable-next-line no-control-regex -- these are what has to go
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Writes control characters as their escapes, e.g. `\u001b`; with `keepLines`, line feeds stay. */
export function printable(
  text: string,
  keepLines: 'keep-lines' | 'one-line' = 'one-line',
): string {
  return text.replaceAll(unsafe, (char) => {
    if (char === '\n' && keepLines === 'keep-lines') return char;
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    if (char === '\r') return '\\r';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Replaces what no Unicode text may hold, lone surrogates, by the replacement character. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

/** Counts the columns that a text takes on a terminal: two for wide East Asian characters and emoji, none for combining marks. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (/\p{Mn}|\p{Me}|[\u200b-\u200d]|[\u{fe00}-\u{fe0f}]/u.test(char))
      continue;
    columns += isWide(char) ? 2 : 1;
  }
  return columns;
}

// The blocks that Unicode TR 11 gives as wide; emoji by their default presentation.
const isWide = (char: string): boolean =>
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u.test(
    char,
  );
