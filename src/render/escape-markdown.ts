// Text of users inside Markdown (CommonMark with GitHub's tables, strikethrough and autolinks).
import { largest } from '../core/lists.ts';
import { cleanText, oneLine } from './clean-text.ts';
import { isRichText, type Segment } from './rich-text.ts';

/** One line of letters, and marks that mean nothing inside it; digits may not come first, as a list's number would. */
const harmless =
  /^[A-Za-z][A-Za-z0-9.,:;/+=()'"%@?!-]*(?: [A-Za-z0-9.,:;/+=()'"%@?!-]+)*$/;

/**
 * Escapes a text for a paragraph, heading, list item, link text or table cell: it is printed as it is, on one line,
 * and can open no other construct, HTML included.
 */
export function mdText(value: unknown): string {
  if (typeof value === 'string' && harmless.test(value)) return value;
  const text = oneLine(value);
  return (
    text
      .replaceAll(/[\\`*[\]<>|~$]/g, '\\$&')
      // Inside a word an underscore is a plain letter; `&` matters only where an entity may begin.
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replaceAll(/&(?=#?\w+;)/g, '\\&')
      // What starts a block when it comes first on a line.
      .replace(/^[#+\-=:]/, '\\$&')
      .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
      // What ends an ATX heading.
      .replace(/(?<= )#+$/, (closing) => `\\${closing}`)
  );
}

/** Escapes a text for a table cell; an empty one becomes an en dash, so that the cell shows that nothing is there. */
export function mdCell(value: unknown): string {
  return mdText(value) || '–';
}

/** Makes a code span of a name or value, outside tables; longer fences where the text holds backticks. */
export function mdCode(value: unknown): string {
  const text = oneLine(value);
  if (text === '') return '';
  const fence = '`'.repeat(longestRun(text) + 1);
  const padding = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/**
 * Makes a code span for a table cell. Parsers disagree on a pipe after a backslash inside a code span of a cell,
 * so a text with a pipe or backtick is written as a `code` element with entities.
 */
export function mdCellCode(value: unknown): string {
  const text = oneLine(value);
  if (text === '') return '–';
  if (!/[|`]/.test(text)) return `\`${text}\``;
  const escaped = text.replaceAll(
    /[&<>|`*_[\]~$\\!#@]|:(?=\/\/)/g,
    (character) => `&#${character.codePointAt(0)};`,
  );
  return `<code>${escaped}</code>`;
}

/**
 * Joins a rich text: our words as they are, texts and code of the spec escaped so that the result may stand in a table cell.
 * An empty one becomes an en dash. Throws: `TypeError` for anything else.
 */
export function mdRich(value: unknown): string {
  if (!isRichText(value)) throw new TypeError('mdRich takes a rich text');
  let joined = '';
  for (const segment of value) joined += mdSegment(segment);
  return joined.trim() === '' ? '–' : joined;
}

function mdSegment(segment: Segment): string {
  switch (segment.kind) {
    case 'words':
      return segment.value;
    case 'text':
      return mdPiece(segment.value);
    case 'code':
      return mdCellCode(segment.value);
    default:
      return segment satisfies never;
  }
}

/** A text among others: the white space at its edges parts it from its neighbours. */
function mdPiece(value: string): string {
  const text = mdText(value);
  if (text === '') return value === '' ? '' : ' ';
  return `${/^\s/.test(value) ? ' ' : ''}${text}${/\s$/.test(value) ? ' ' : ''}`;
}

/** Escapes the target of a link to a file of the same folder or an anchor. */
export function mdLinkTarget(value: unknown): string {
  return encodeURI(oneLine(value)).replaceAll(/[()']/g, (character) =>
    character === '(' ? '%28' : character === ')' ? '%29' : '%27',
  );
}

/** Makes a fenced code block whose fence is longer than any inside it. */
export function mdFence(language: unknown, value: unknown): string {
  const text = cleanText(value).replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${oneLine(language).replaceAll(/[^\w+-]/g, '')}\n${text}\n${fence}`;
}

const longestRun = (text: string): number =>
  // Nearly no text holds one.
  !text.includes('`')
    ? 0
    : largest(
        [...text.matchAll(/`+/g)].map((match) => match[0].length),
        0,
      );
