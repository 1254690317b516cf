// The characters of a regular expression as they are read, and what those behind a backslash mean.
import { NAMED_SETS, propertySet } from './character-sets.ts';
import type { CharacterSet } from './character-sets.ts';

/** What automata cannot say. */
export class Unsupported extends Error {}

export interface Cursor {
  readonly source: string;
  position: number;
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
]);

/** Reads what stands behind a backslash, where that is a set of characters. */
export function escaped(cursor: Cursor): CharacterSet {
  const letter = take(cursor);
  if (letter === 'u' || letter === 'x') return coded(cursor, letter);
  if (letter === 'p' || letter === 'P') return property(cursor, letter);
  const named = letter === '.' ? undefined : NAMED_SETS.get(letter);
  if (named !== undefined) return named;
  const control = CONTROLS.get(letter);
  if (control !== undefined) return single(control);
  // What is left that is no letter or digit stands for itself.
  if (/^[A-Za-z0-9]?$/.test(letter)) throw new Unsupported();
  return single(letter);
}

function coded(cursor: Cursor, letter: 'u' | 'x'): CharacterSet {
  const rest = cursor.source.slice(cursor.position);
  const digits =
    letter === 'u' ? /^(?:\{[0-9a-f]+\}|[0-9a-f]{4})/i : /^[0-9a-f]{2}/i;
  const found = digits.exec(rest);
  if (found === null) throw new Unsupported();
  cursor.position += found[0].length;
  const code = Number.parseInt(found[0].replace('{', ''), 16);
  // Half of a pair, whose other half is written apart.
  if (code >= 0xd800 && code <= 0xdfff) throw new Unsupported();
  return [[code, code]];
}

function property(cursor: Cursor, letter: 'p' | 'P'): CharacterSet {
  const found = /^\{[\w=]+\}/.exec(cursor.source.slice(cursor.position));
  if (found === null) throw new Unsupported();
  cursor.position += found[0].length;
  return propertySet(`\\${letter}${found[0]}`);
}

/** The set of one character. */
export const single = (letter: string): CharacterSet => {
  const code = letter.codePointAt(0) ?? 0;
  return [[code, code]];
};

/** The next character; empty at the end. */
export const peek = ({ source, position }: Cursor): string => {
  const code = source.codePointAt(position);
  return code === undefined ? '' : String.fromCodePoint(code);
};

/** Takes the next character; empty at the end. */
export function take(cursor: Cursor): string {
  const letter = peek(cursor);
  cursor.position += letter.length;
  return letter;
}
