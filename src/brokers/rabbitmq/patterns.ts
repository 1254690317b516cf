// Regular expressions of RabbitMQ, in policies and rights. The broker reads them as PCRE, searches for them anywhere in a
// name, and here only what PCRE and the engine that runs this read alike is read at all.
import { searchText } from '../../core/search-text.ts';

/**
 * Tells whether a pattern is found in a name; null when PCRE reads it in a way of its own, such as `\Q…\E`, `\A` or
 * `[[:alpha:]]`, or not at all here.
 */
export function isFound(pattern: string, name: string): boolean | null {
  return isReadAlike(pattern) ? searchText(pattern, name, '') : null;
}

/** An escape of both: a mark, a class of characters, a border of words, or a control character. */
const escape = /\\(?:[^A-Za-z0-9]|[bBdDnrsStwW]|x[0-9A-Fa-f]{2})/y;
/** A set of characters. `[]` and `[^]` end in one of the two only, and `[:` begins a class of PCRE. */
const set =
  /\[\^?(?!\])(?:\\(?:[^A-Za-z0-9]|[dDnrsStwW]|x[0-9A-Fa-f]{2})|[^\\\][])+\]/y;
const group = /\((?:\?(?::|=|!|<=|<!)|(?!\?|\*))/y;
/** How often; a `+` behind it is possessive in PCRE. */
const often = /(?:[*+?]|\{\d+(?:,\d*)?\})\??(?!\+)/y;
const plain = /[^\\[\](){}*+?]/y;

function isReadAlike(pattern: string): boolean {
  for (let at = 0; at < pattern.length;) {
    const next = endOfToken(pattern, at);
    if (next === null) return false;
    at = next;
  }
  return true;
}

function endOfToken(pattern: string, at: number): number | null {
  if (pattern[at] === ')') return at + 1;
  for (const token of [escape, set, group, often, plain]) {
    token.lastIndex = at;
    if (token.test(pattern)) return token.lastIndex;
  }
  return null;
}
