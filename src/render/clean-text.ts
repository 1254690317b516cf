// What every format does first with a text from the spec: one line, no invisible tricks, well-formed Unicode.

// C0 and C1 controls, soft hyphen, zero-width space, BOM, and the bidirectional overrides, embeddings and isolates that
// can make a line read otherwise than it is (CVE-2021-42574). Joiners stay: emoji and several scripts need them.
const invisible =
  // oxlint-disable-next-line no-control-regex -- these characters are what is looked for
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

// Nearly every text is of these two kinds, on which the rules below change nothing.
const plainAscii = /^[ -~]*$/;
const singleLine = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/**
 * Makes one trimmed line of any value: every run of white space, line and paragraph separators becomes one space,
 * control and bidirectional override characters are dropped, a lone surrogate becomes U+FFFD.
 * Right-to-left letters and emoji stay.
 */
export function oneLine(value: unknown): string {
  if (typeof value === 'string' && singleLine.test(value)) return value;
  const text = cleanText(value);
  return text.replaceAll(/[\s\u0085]+/g, ' ').trim();
}

/** Like `oneLine`, but keeps line breaks (as LF), tabs and inner spaces. */
export function cleanText(value: unknown): string {
  const text = textOf(value);
  if (plainAscii.test(text)) return text;
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(invisible, '')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  // A list, an object, null or undefined in a text position is a mistake in the template or its view.
  throw new TypeError(
    `only a text, a number or a boolean can be printed, not ${value === null ? 'null' : typeof value}`,
  );
}
