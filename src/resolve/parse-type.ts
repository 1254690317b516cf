// The payload shorthand's types: text to a field type.
import { certainNear, nearest } from '../core/text.ts';
import type { Primitive } from '../model/payload.ts';
import { primitives, synonymOf } from '../model/type-words.ts';
import { alternativeTexts, parseAlternatives } from './parse-alternatives.ts';
import { malformed, type ParsedType } from './parsed-type.ts';

const depthLimit = 16;

/**
 * Reads a type such as `uuid`, `OrderItem[]`, `list<T>`, `map<T>`, `a | b | c` or `string | null`.
 * A single lower-case word that is no built-in type is unknown, never a one-value enumeration.
 */
export function parseType(
  text: string,
  isType: (name: string) => boolean,
  known: readonly string[],
): ParsedType {
  const trimmed = text.trim();
  const reading = { isType, known, depth: 0 };
  return isName(trimmed)
    ? parseName(trimmed, reading)
    : parseAt(trimmed, reading);
}

const isName = (text: string): boolean => /^[\w-]+$/.test(text);

interface Reading {
  readonly isType: (name: string) => boolean;
  readonly known: readonly string[];
  readonly depth: number;
}

function parseAt(text: string, reading: Reading): ParsedType {
  if (reading.depth > depthLimit) {
    return malformed(
      'it is nested too deep',
      `Give the inner part a name under "types".`,
    );
  }
  const deeper = { ...reading, depth: reading.depth + 1 };
  if (/^\(.*\)\[\]$/s.test(text))
    return malformed(
      'it has round brackets',
      `Write list<${text.slice(1, -3).trim()}>.`,
    );
  const parts = alternativeTexts(text);
  if (parts.length > 1)
    return parseAlternatives(parts, {
      parse: (part) => parseAt(part, deeper),
      isType: (part) => namesType(part, reading),
      meant: (word) => meantType(word, reading.known),
    });
  if (text.endsWith('[]'))
    return wrap('list', parseAt(text.slice(0, -2).trim(), deeper));
  const generic = /^(\w+)\s*<(.*)>$/s.exec(text);
  if (generic !== null) {
    const [, outer = '', inner = ''] = generic;
    if (outer === 'list' || outer === 'map')
      return wrap(outer, parseAt(inner.trim(), deeper));
    return malformed(`"${outer}<…>" is no type`, 'Use "list<T>" or "map<T>".');
  }
  return parseName(text, reading);
}

/** What people write for lists and maps of anything. */
const collections: ReadonlyMap<string, string> = new Map([
  ['array', 'list<any>'],
  ['list', 'list<any>'],
  ['dict', 'map<any>'],
  ['map', 'map<any>'],
]);

/** The type that a word is another name of, or that it writes in other letters; null when it is none. */
function meantType(word: string, known: readonly string[]): string | null {
  const lower = word.toLowerCase();
  if (primitives.has(lower)) return lower;
  return (
    synonymOf(lower) ??
    collections.get(lower) ??
    known.find((name) => name.toLowerCase() === lower) ??
    null
  );
}

/** Tells whether a text is meant as a type by its form, whatever is in its brackets. */
function namesType(text: string, { isType }: Reading): boolean {
  return (
    primitives.has(text) ||
    isType(text) ||
    text.endsWith('[]') ||
    /^(?:list|map)\s*<.*>$/s.test(text)
  );
}

function parseName(text: string, { isType, known }: Reading): ParsedType {
  // The set holds the primitives' names alone.
  if (primitives.has(text))
    return { type: { kind: 'primitive', name: text as Primitive } };
  if (isType(text)) return { type: { kind: 'named', name: text } };
  if (text === 'null') {
    return malformed(
      'null alone says nothing',
      'Write what it is when it is not null, too: "string | null".',
    );
  }
  if (text.endsWith('?')) {
    return malformed(
      'the "?" stands behind the type',
      'Put the "?" behind the field\'s name: "field?: type".',
    );
  }
  if (!isName(text)) {
    return malformed(
      'it is no name, list, map or enumeration',
      'Write e.g. string, uuid, OrderItem, list<T>, map<T>, a | b | c or string | null.',
    );
  }
  return {
    problem: 'unknown',
    name: text,
    near:
      synonymOf(text.toLowerCase()) ?? nearest(text, [...known, ...primitives]),
  };
}

function wrap(kind: 'list' | 'map', inner: ParsedType): ParsedType {
  return 'type' in inner ? { type: { kind, of: inner.type } } : inner;
}

/** The built-in type that a word can only stand for, beside the types of the spec; null when there is a doubt. */
export function certainType(
  word: string,
  known: readonly string[],
): string | null {
  return (
    synonymOf(word.toLowerCase()) ??
    certainNear(word, [...known, ...primitives])
  );
}
