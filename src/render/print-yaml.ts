// Plain JSON data to the YAML that the library writes, byte for byte, and many times faster: the layout of mappings and
// lists and the texts that need no thought are written here; each text that might need quotes is left to the library.
import type { JsonObject, JsonValue } from '../core/json.ts';

/** Writes one text as the library does in the place of a value: lines after the first are indented by two. */
export type TextPrinter = (text: string) => string;

/** Prints a mapping or list that is not empty; null when a key is of a kind that is left to the library. */
export function printYaml(
  value: JsonValue & object,
  printText: TextPrinter,
): string | null {
  const texts = new Map<string, string>();
  const byLibrary = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const printed = printText(text);
    texts.set(text, printed);
    return printed;
  };
  const printer: Printer = {
    keys: new Map(),
    text: (text) =>
      plainText(text) ??
      simpleText(text) ??
      linesText(text) ??
      selectorText(text) ??
      byLibrary(text),
    isUnable: false,
    done: [],
    parts: [],
  };
  block(printer, value, '');
  return printer.isUnable ? null : [...printer.done, ...printer.parts].join('');
}

interface Printer {
  readonly text: TextPrinter;
  /** The keys that were met, printed: few of them come once. */
  readonly keys: Map<string, string>;
  isUnable: boolean;
  /** What is printed, in longer texts and then in parts: one list of a million is as much a burden to the collector as a text that is added to. */
  readonly done: string[];
  readonly parts: string[];
}

/** Parts that are put together at a time. */
const portion = 4000;

/** Prints a block; each line but the first begins with the indentation, each ends with a newline. */
function block(
  printer: Printer,
  value: JsonValue & object,
  indent: string,
): void {
  const { done, parts } = printer;
  if (parts.length > portion) done.push(parts.splice(0).join(''));
  const inner = `${indent}  `;
  let lead = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) {
      parts.push(lead, '- ');
      lead = indent;
      if (isBlock(item)) block(printer, item, inner);
      else parts.push(scalar(printer, item, indent), '\n');
    }
    return;
  }
  const items: readonly (JsonValue | undefined)[] = Object.values(value);
  const keys = Object.keys(value);
  for (let index = 0; index < keys.length; index += 1) {
    const item = items[index];
    // The library leaves out what has no value; types do not see every such member of a spread.
    if (item === undefined) continue;
    const key = keyText(printer, keys[index] ?? '');
    if (isBlock(item)) {
      parts.push(lead, key, ':\n', inner);
      block(printer, item, inner);
    } else parts.push(lead, key, ': ', scalar(printer, item, indent), '\n');
    lead = indent;
  }
}

function isBlock(value: JsonValue | undefined): value is JsonValue & object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  for (const key in value as JsonObject)
    if ((value as JsonObject)[key] !== undefined) return true;
  return false;
}

function scalar(
  printer: Printer,
  value: JsonValue | undefined,
  indent: string,
): string {
  if (typeof value === 'string') {
    const printed = printer.text(value);
    return indent === '' || !printed.includes('\n')
      ? printed
      : printed.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
  }
  if (Array.isArray(value)) return '[]';
  if (typeof value === 'object' && value !== null) return '{}';
  return Object.is(value, -0) ? '-0' : JSON.stringify(value ?? null);
}

function keyText(printer: Printer, key: string): string {
  const known = printer.keys.get(key);
  if (known !== undefined) return known;
  const printed = printer.text(key);
  printer.keys.set(key, printed);
  // Long keys and keys of several lines have a question mark before them; these marks divide documents.
  if (/\n|^(?:---|\.\.\.)/.test(printed) || key.length > 500)
    printer.isUnable = true;
  return printed;
}

/** What YAML 1.1 or 1.2 takes for another type than text, of all that begins with a letter; `e5` is a number to YAML 1.1. */
const typedWord = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;
/** Most texts: printable ASCII that begins as no other kind of value does, with single spaces, no comment and no key in it. */
const plainPattern =
  /^[A-Za-z/$_(][!-9;-~]*(?:(?: (?=[!"$-~])|:(?=[!-~]))[!-9;-~]*)*$/;

/** Prints a text that needs no quotes; null for one at which `simpleText` has to look. */
const plainText = (text: string): string | null =>
  plainPattern.test(text) && !text.endsWith('-') && !typedWord.test(text)
    ? text
    : null;

const hashPattern = /^#[\w./~ -]*$/;

/**
 * Prints a text of one line that begins as no other kind of value does: plain, or between double quotes where YAML would
 * read a colon, a hash or the end otherwise. Null for any other text, and where the quotes ask for escapes.
 */
function simpleText(text: string): string | null {
  if (!beginsAsText(text)) return hashPattern.test(text) ? `"${text}"` : null;
  let needsQuotes = false;
  let hasEscapes = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    switch (code) {
      case space:
        break;
      case colon: {
        const next = text.charCodeAt(index + 1);
        needsQuotes ||= next === space || index + 1 === text.length;
        break;
      }
      case hash:
        needsQuotes ||= text.charCodeAt(index - 1) === space;
        break;
      case doubleQuote:
      case backslash:
        hasEscapes = true;
        break;
      default:
        if (!isPlainLetter(code)) return null;
    }
  }
  const last = text.charCodeAt(text.length - 1);
  if (last === hyphen) return null;
  if (needsQuotes || last === space) return hasEscapes ? null : `"${text}"`;
  return typedWord.test(text) ? null : text;
}

const severalLines = /^[A-Za-z][ -~]*(?:\n+[!-~][ -~]*)*$/;

/** Prints a text of several lines that begin and end without spaces, as a literal block. */
const linesText = (text: string): string | null =>
  text.includes('\n') && severalLines.test(text) && !/ (?:\n|$)/.test(text)
    ? `|-\n  ${text.replaceAll(/\n+/g, '$&  ')}`
    : null;

const selector = /^\{[ -&(-~]*\}$/;

/** Prints what stands in braces, such as the labels of a series, with double quotes in it. */
const selectorText = (text: string): string | null =>
  text.includes('"') && selector.test(text) ? `'${text}'` : null;

const [space, doubleQuote, hash, hyphen, colon, backslash] = [
  0x20, 0x22, 0x23, 0x2d, 0x3a, 0x5c,
] as const;

/** A letter, `/`, `$`, `_` or `(`: no number, date, sign, indicator or quote begins so. */
function beginsAsText(text: string): boolean {
  const code = text.charCodeAt(0);
  const lower = code | 0x20;
  return (
    (lower >= 0x61 && lower <= 0x7a) ||
    code === 0x2f ||
    code === 0x24 ||
    code === 0x5f ||
    code === 0x28
  );
}

/** Printable ASCII and the Latin letters beside it, without the soft hyphen. */
const isPlainLetter = (code: number): boolean =>
  (code > 0x20 && code < 0x7f) ||
  (code > 0xa0 && code < 0x250 && code !== 0xad);
