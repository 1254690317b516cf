// The part of YAML that nearly every spec keeps to, read in one pass: block mappings and lists, collections in
// brackets, plain and quoted texts on one line, comments. Whatever else it meets, it gives up and the YAML
// library reads the file, which stays the authority: where both read a file, value and places are the same.
import type { JsonObject, JsonValue } from '../core/json.ts';
import {
  isReservedKey,
  plainScalar,
  readFlow,
  readQuoted,
} from './read-flow-yaml.ts';
import { giveUp, gaveUp, place, type Layout, type Reading } from './reading.ts';

export interface PlainYaml {
  readonly value: JsonObject;
  /** Where the entries of each mapping and list stand. */
  readonly layouts: ReadonlyMap<object, Layout>;
  /** False where a comment ends a block: how far such a block reaches is for the library to say. */
  readonly isExact: boolean;
}

/** Levels of nesting; deeper files are the library's. */
const depthLimit = 60;

/** Reads a text whose top is a block mapping; null when it is not all of the plain part of YAML. */
export function readPlainYaml(text: string): PlainYaml | null {
  // Tabs, carriage returns and byte order marks have rules of their own; so have directives and document markers.
  if (/[\t\r\uFEFF]|^(?:---|\.\.\.|%)/m.test(text)) return null;
  const reading: Reading = {
    text,
    at: 0,
    lineEnd: -1,
    indent: 0,
    blockEnd: 0,
    commentIndent: -1,
    isExact: true,
    layouts: new Map(),
  };
  try {
    nextLine(reading);
    if (reading.indent !== 0 || isItem(reading)) return null;
    // Reading gives up unless the block reaches to the end.
    const value = readMap(reading, 0, 0);
    return { value, layouts: reading.layouts, isExact: reading.isExact };
  } catch (error) {
    if (error === gaveUp) return null;
    throw error;
  }
}

/** Moves to the next line that holds more than a comment; past the last one the indent is -1. */
function nextLine(reading: Reading): void {
  const { text } = reading;
  reading.blockEnd = Math.min(text.length, reading.lineEnd + 1);
  reading.commentIndent = -1;
  let start = reading.lineEnd + 1;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    let at = start;
    while (text.charCodeAt(at) === 0x20) at += 1;
    if (at < end && text.charCodeAt(at) !== 0x23) {
      reading.at = at;
      reading.indent = at - start;
      reading.lineEnd = end;
      return;
    }
    if (at < end)
      reading.commentIndent = Math.max(reading.commentIndent, at - start);
    start = end + 1;
  }
  reading.indent = -1;
}

function isItem({ text, at, lineEnd }: Reading): boolean {
  if (text.charCodeAt(at) !== 0x2d) return false;
  return at + 1 === lineEnd || text.charCodeAt(at + 1) === 0x20;
}

function readBlock(reading: Reading, depth: number): JsonValue {
  if (depth > depthLimit) return giveUp();
  return isItem(reading)
    ? readList(reading, reading.indent, depth)
    : readMap(reading, reading.indent, depth);
}

const keyPattern =
  /(?:[A-Za-z_][\w.$/+-]{0,250}\??|0|[1-9]\d{0,8}|"[^"\\\n]{0,250}"|'[^'\n]{0,250}')(?=:(?: |$))/my;

/** Reads the key at a place; null when none is there. Moves past the colon. */
function readKey(reading: Reading): string | null {
  keyPattern.lastIndex = reading.at;
  const [found] = keyPattern.exec(reading.text) ?? [];
  if (found === undefined) return null;
  const isQuoted = found.startsWith('"') || found.startsWith("'");
  if (!isQuoted && isReservedKey(found)) return giveUp();
  reading.at += found.length;
  return isQuoted ? found.slice(1, -1) : found;
}

function readMap(reading: Reading, indent: number, depth: number): JsonObject {
  const value: Record<string, JsonValue> = {};
  const start = reading.at;
  const names: string[] = [];
  const spans: number[] = [];
  while (reading.indent === indent) {
    const keyStart = reading.at;
    const name = isItem(reading) ? null : readKey(reading);
    if (name === null || name === '__proto__' || Object.hasOwn(value, name))
      return giveUp();
    names.push(name);
    spans.push(keyStart, reading.at, 0, 0);
    reading.at += 1;
    value[name] = readValue(reading, { indent, depth, isInMap: true }, spans);
  }
  return closeBlock(reading, { value, start, indent, names, spans });
}

function readList(
  reading: Reading,
  indent: number,
  depth: number,
): readonly JsonValue[] {
  const value: JsonValue[] = [];
  const start = reading.at;
  const spans: number[] = [];
  while (reading.indent === indent && isItem(reading)) {
    const dash = reading.at;
    reading.at += 1;
    spans.push(dash, dash, 0, 0);
    value.push(readValue(reading, { indent, depth, isInMap: false }, spans));
  }
  return closeBlock(reading, { value, start, indent, names: null, spans });
}

function closeBlock<T extends JsonValue & object>(
  reading: Reading,
  block: {
    readonly value: T;
    readonly start: number;
    readonly indent: number;
    readonly names: readonly string[] | null;
    readonly spans: readonly number[];
  },
): T {
  const { value, start, indent, names, spans } = block;
  if (reading.indent > indent) return giveUp();
  // The library counts a comment indented like the block as a part of it.
  if (reading.commentIndent >= Math.max(1, indent)) reading.isExact = false;
  reading.layouts.set(value, { start, end: reading.blockEnd, names, spans });
  return value;
}

interface Inside {
  readonly indent: number;
  readonly depth: number;
  readonly isInMap: boolean;
}

/** Reads what stands after a colon or a dash, and moves to the line after it; the last span is the value's. */
function readValue(
  reading: Reading,
  { indent, depth, isInMap }: Inside,
  spans: number[],
): JsonValue {
  const { text } = reading;
  while (text.charCodeAt(reading.at) === 0x20) reading.at += 1;
  if (isLineDone(reading)) {
    nextLine(reading);
    return isDeeper(reading, indent, isInMap)
      ? readNested(reading, depth, spans)
      : giveUp();
  }
  if (!isInMap && (isItem(reading) || isKeyHere(reading))) {
    // A mapping or list that begins behind a dash is indented by where it begins.
    const lineStart = text.lastIndexOf('\n', reading.at) + 1;
    reading.indent = reading.at - lineStart;
    return readNested(reading, depth, spans);
  }
  const start = reading.at;
  const value = readInline(reading, depth);
  place(spans, start, reading.at);
  finishLine(reading);
  nextLine(reading);
  // A deeper line would continue a text, or be a mistake.
  return reading.indent > indent ? giveUp() : value;
}

/** Tells whether a line belongs to what was begun above; the items of a list may stand under its key. */
const isDeeper = (
  reading: Reading,
  indent: number,
  isInMap: boolean,
): boolean =>
  reading.indent > indent ||
  (isInMap && reading.indent === indent && isItem(reading));

function readNested(
  reading: Reading,
  depth: number,
  spans: number[],
): JsonValue {
  const start = reading.at;
  const value = readBlock(reading, depth + 1);
  place(spans, start, reading.blockEnd);
  return value;
}

function isKeyHere({ text, at }: Reading): boolean {
  keyPattern.lastIndex = at;
  return keyPattern.test(text);
}

const isLineDone = ({ text, at, lineEnd }: Reading): boolean =>
  at >= lineEnd ||
  (text.charCodeAt(at) === 0x23 && text.charCodeAt(at - 1) === 0x20);

function finishLine(reading: Reading): void {
  // Brackets may have ended in a later line than they began.
  const newline = reading.text.indexOf('\n', reading.at);
  reading.lineEnd = newline === -1 ? reading.text.length : newline;
  while (reading.text.charCodeAt(reading.at) === 0x20) reading.at += 1;
  if (!isLineDone(reading)) giveUp();
}

function readInline(reading: Reading, depth: number): JsonValue {
  const { text, at, lineEnd } = reading;
  switch (text[at]) {
    case '{':
    case '[':
      return readFlow(reading, depth + 1);
    case '"':
    case "'":
      return readQuoted(reading);
    default:
      return plainScalar(reading, text.slice(at, lineEnd));
  }
}
