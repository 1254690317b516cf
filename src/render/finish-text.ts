// The last touch on every generated text.

const lineFeed = 0x0a;

/** Ends lines with LF, drops trailing spaces, keeps at most one blank line in a row, and ends with exactly one newline. */
export function finishText(text: string): string {
  const unix = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  // Looked for first: at every run of spaces the replacing pattern tries anew.
  const isFinished = !/[ \t](?:\n|$)|\n\n\n/.test(unix);
  return `${withoutOuterBreaks(isFinished ? unix : tidied(unix))}\n`;
}

const tidied = (text: string): string =>
  text.replaceAll(/[ \t]+$/gm, '').replaceAll(/\n{3,}/g, '\n\n');

function withoutOuterBreaks(text: string): string {
  let start = 0;
  let end = text.length;
  while (text.charCodeAt(start) === lineFeed) start += 1;
  while (end > start && text.charCodeAt(end - 1) === lineFeed) end -= 1;
  return text.slice(start, end);
}
