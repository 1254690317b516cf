// The payload shorthand's types: text to a field type.
import { certainNear, nearest } from '../core/text.ts';
import type { FieldType, Primitive } from '../model/payload.ts';

const primitives: ReadonlySet<string> = new Set([
  'string',
  'integer',
  'number',
  'boolean',
  'uuid',
  'date',
  'date-time',
  'email',
  'uri',
  'bytes',
  'any',
] satisfies readonly Primitive[]);

/** Names that people use for the built-in types. */
const synonyms: Readonly<Record<string, Primitive>> = {
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  bool: 'boolean',
  text: 'string',
  str: 'string',
  guid: 'uuid',
  datetime: 'date-time',
  timestamp: 'date-time',
  instant: 'date-time',
  url: 'uri',
  binary: 'bytes',
  object: 'any',
};

export type ParsedType =
  | { readonly type: FieldType }
  | {
      readonly problem: 'unknown';
      readonly name: string;
      readonly near: string | null;
    }
  | {
      readonly problem: 'malformed';
      readonly reason: string;
      readonly advice: string;
    };

const depthLimit = 16;

/**
 * Reads a type such as `uuid`, `OrderItem[]`, `list<T>`, `map<T>` or `a | b | c`.
 * A single lower-case word that is no built-in type is unknown, never a one-value enumeration.
 */
export function parseType(
  text: string,
  isType: (name: string) => boolean,
  known: readonly string[],
): ParsedType {
  return parseAt(text.trim(), { isType, known, depth: 0 });
}

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
  if (text.includes('|') && !text.includes('<')) return parseEnum(text);
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

function parseName(text: string, { isType, known }: Reading): ParsedType {
  // The set holds the primitives' names alone.
  if (primitives.has(text))
    return { type: { kind: 'primitive', name: text as Primitive } };
  if (isType(text)) return { type: { kind: 'named', name: text } };
  if (text.endsWith('?')) {
    return malformed(
      'the "?" stands behind the type',
      'Put the "?" behind the field\'s name: "field?: type".',
    );
  }
  if (!/^[\w-]+$/.test(text)) {
    return malformed(
      'it is no name, list, map or enumeration',
      'Write e.g. string, uuid, OrderItem, list<T>, map<T> or a | b | c.',
    );
  }
  const synonym = Object.hasOwn(synonyms, text.toLowerCase())
    ? synonyms[text.toLowerCase()]
    : undefined;
  return {
    problem: 'unknown',
    name: text,
    near: synonym ?? nearest(text, [...known, ...primitives]),
  };
}

function parseEnum(text: string): ParsedType {
  const values = text.split('|').map((value) => value.trim());
  if (values.includes('')) {
    return malformed(
      'an enumeration has an empty value',
      'Write the values with "|" between them: a | b | c.',
    );
  }
  const repeated = values.find(
    (value, index) => values.indexOf(value) !== index,
  );
  if (repeated !== undefined)
    return malformed(
      `"${repeated}" stands in it twice`,
      'Remove one of the two.',
    );
  return { type: { kind: 'enum', values } };
}

function wrap(kind: 'list' | 'map', inner: ParsedType): ParsedType {
  return 'type' in inner ? { type: { kind, of: inner.type } } : inner;
}

const malformed = (reason: string, advice: string): ParsedType => ({
  problem: 'malformed',
  reason,
  advice,
});

/** The built-in type that a word can only stand for, beside the types of the spec; null when there is a doubt. */
export function certainType(
  word: string,
  known: readonly string[],
): string | null {
  return Object.hasOwn(synonyms, word.toLowerCase())
    ? (synonyms[word.toLowerCase()] ?? null)
    : certainNear(word, [...known, ...primitives]);
}
