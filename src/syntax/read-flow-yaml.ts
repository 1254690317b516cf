// Values that begin and end within a block: collections in brackets, quoted texts, and plain texts with the types of YAML's core schema.
import type { JsonValue } from '../core/json.ts';
import { giveUp, place, type Reading } from './reading.ts';

const quotedPattern = /"([^"\\\n]*)"|'([^'\n]*)'/y;

/** Reads a quoted text without escapes. */
export function readQuoted(reading: Reading): string {
  quotedPattern.lastIndex = reading.at;
  const found = quotedPattern.exec(reading.text);
  if (found === null) return giveUp();
  reading.at = quotedPattern.lastIndex;
  return found[1] ?? found[2] ?? '';
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

/** Tells whether a plain key is a word of another type than text. */
export const isReservedKey = (key: string): boolean => words.has(key);

/** A character that begins a plain text and nothing else. */
const plainStart = /^(?:[A-Za-z0-9_/.<$(+\u00A1-\u{10FFFF}]|-[A-Za-z0-9_])/u;
const simpleNumber = /^(?:0|-?[1-9]\d{0,14})(?:\.\d{1,15})?$/;
/** The numbers of the core schema that are written otherwise, and what comes near to them. */
const otherNumber =
  /^(?:0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN))$/;

/** Reads a plain text that ends with `rest` at the latest: a comment or trailing spaces are not part of it. */
export function plainScalar(reading: Reading, rest: string): JsonValue {
  if (!plainStart.test(rest)) return giveUp();
  const stop = rest.search(/ #|:(?: |$)/);
  if (stop !== -1 && rest.charCodeAt(stop) !== 0x20) return giveUp();
  const text = trimmedEnd(stop === -1 ? rest : rest.slice(0, stop));
  reading.at += text.length;
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  // Letters and what comes after them begin no number.
  if (first > 0x39) return text;
  if (simpleNumber.test(text)) return Number(text);
  return otherNumber.test(text) ? giveUp() : text;
}

function trimmedEnd(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x20) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** Levels of brackets; deeper ones are the library's. */
const depthLimit = 60;

/** Reads a collection in brackets. */
export function readFlow(reading: Reading, depth: number): JsonValue {
  if (depth > depthLimit) return giveUp();
  const start = reading.at;
  const names: string[] | null = reading.text[start] === '{' ? [] : null;
  const spans: number[] = [];
  const values: JsonValue[] = [];
  reading.at += 1;
  skipBreaks(reading);
  if (reading.text[reading.at] !== (names === null ? ']' : '}'))
    readMembers(reading, depth, { names, spans, values });
  reading.at += 1;
  const value = names === null ? values : objectOf(names, values);
  reading.layouts.set(value, { start, end: reading.at, names, spans });
  return value;
}

/** Reads what stands in brackets, up to the closing one; the names are those of a mapping. */
function readMembers(
  reading: Reading,
  depth: number,
  into: {
    readonly names: string[] | null;
    readonly spans: number[];
    readonly values: JsonValue[];
  },
): void {
  const { names, spans, values } = into;
  const close = names === null ? ']' : '}';
  for (;;) {
    spans.push(reading.at, reading.at, 0, 0);
    if (names !== null) names.push(flowKey(reading, spans));
    values.push(flowValue(reading, depth, spans));
    skipBreaks(reading);
    const next = reading.text[reading.at];
    if (next === close) return;
    if (next !== ',') giveUp();
    reading.at += 1;
    skipBreaks(reading);
  }
}

function skipSpaces(reading: Reading): void {
  while (reading.text.charCodeAt(reading.at) === 0x20) reading.at += 1;
}

/** Skips spaces and line ends; what goes on in the next line has to be indented deeper than the block around it. */
function skipBreaks(reading: Reading): void {
  const { text } = reading;
  skipSpaces(reading);
  while (text.charCodeAt(reading.at) === 0x0a) {
    const start = reading.at + 1;
    reading.at = start;
    skipSpaces(reading);
    const isBlank = text.charCodeAt(reading.at) === 0x0a;
    if (!isBlank && reading.at - start <= reading.indent) giveUp();
  }
}

function objectOf(
  names: readonly string[],
  values: readonly JsonValue[],
): Readonly<Record<string, JsonValue>> {
  const value: Record<string, JsonValue> = {};
  names.forEach((name, index) => {
    if (name === '__proto__' || Object.hasOwn(value, name)) giveUp();
    value[name] = values[index] ?? null;
  });
  return value;
}

const keyPattern =
  /(?:[A-Za-z_$][\w.$/+-]{0,250}\??|0|[1-9]\d{0,8}|"[^"\\\n]{0,250}"|'[^'\n]{0,250}')(?=: )/y;

function flowKey(reading: Reading, spans: number[]): string {
  keyPattern.lastIndex = reading.at;
  const [found] = keyPattern.exec(reading.text) ?? [];
  if (found === undefined) return giveUp();
  const isQuoted = found.startsWith('"') || found.startsWith("'");
  if (!isQuoted && isReservedKey(found)) return giveUp();
  reading.at += found.length;
  spans[spans.length - 3] = reading.at;
  reading.at += 2;
  skipSpaces(reading);
  return isQuoted ? found.slice(1, -1) : found;
}

const flowTextPattern = /[^,[\]{}\n]*/y;

function flowValue(
  reading: Reading,
  depth: number,
  spans: number[],
): JsonValue {
  const { text, at } = reading;
  const value = ((): JsonValue => {
    switch (text[at]) {
      case '{':
      case '[':
        return readFlow(reading, depth + 1);
      case '"':
      case "'":
        return readQuoted(reading);
      default: {
        flowTextPattern.lastIndex = at;
        return plainScalar(reading, flowTextPattern.exec(text)?.[0] ?? '');
      }
    }
  })();
  place(spans, at, reading.at);
  return value;
}
