// The words of the payload shorthand for types.
import type { Primitive } from './payload.ts';

export const primitives: ReadonlySet<string> = new Set([
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
  num: 'number',
  guid: 'uuid',
  datetime: 'date-time',
  timestamp: 'date-time',
  instant: 'date-time',
  url: 'uri',
  binary: 'bytes',
  object: 'any',
};

/** The built-in type that a word in lower case is another name of; null when it is none. */
export function synonymOf(word: string): Primitive | null {
  return Object.hasOwn(synonyms, word) ? (synonyms[word] ?? null) : null;
}
