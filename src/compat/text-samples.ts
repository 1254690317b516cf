// Makes a few short texts that a regular expression finds. Covers the common syntax; a text is never trusted before the
// expression itself has been asked, so an unsupported construct costs a sample, not correctness.
import { append } from '../core/lists.ts';
import { searchText } from '../core/search-text.ts';

/** One part of an expression: gives a text for a seed, with that many more repeats than needed. */
type Part = (seed: number, repeats: number) => string;

interface Cursor {
  readonly source: string;
  position: number;
}

const SEEDS = [0, 1, 2, 3, 4, 5];
const REPEATS = [0, 1, 2, 3, 4, 8, 16, 32];
const MAX_REPEATS = 40;
const MAX_LENGTH = 10_000;
const REPEAT_LIMIT = 300;
const PRINTABLE = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
);
/** The order in which samples prefer characters. */
const PREFERRED = [
  ...new Set(['a', 'A', '0', '1', 'b', 'Z', '9', '_', '-', ' ', ...PRINTABLE]),
];

/**
 * Gives some texts in which the pattern is found, shortest first; none when it is not understood.
 *
 * @param length a length in characters that some of the texts should reach
 */
export function textsMatching(
  pattern: string,
  length: number = 0,
): readonly string[] {
  const part = readPattern(pattern);
  if (part === null) return [];
  const wanted = length > REPEAT_LIMIT ? REPEATS : [...REPEATS, length];
  const texts = wanted
    .flatMap((repeats) => SEEDS.map((seed) => sampleOf(part, seed, repeats)))
    .filter((text) => text !== null)
    .filter((text) => searchText(pattern, text) === true);
  return [...new Set(texts)].sort((left, right) => left.length - right.length);
}

function sampleOf(part: Part, seed: number, repeats: number): string | null {
  try {
    return part(seed, repeats);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readPattern(pattern: string): Part | null {
  const cursor: Cursor = { source: pattern, position: 0 };
  try {
    const part = readChoice(cursor);
    return cursor.position === pattern.length ? part : null;
  } catch (error) {
    // SyntaxError: a class or escape that this engine does not know.
    if (error instanceof RangeError || error instanceof SyntaxError)
      return null;
    throw error;
  }
}

function readChoice(cursor: Cursor): Part {
  const options = [readSequence(cursor)];
  while (peek(cursor) === '|') {
    cursor.position += 1;
    options.push(readSequence(cursor));
  }
  return (seed, repeats) =>
    options[seed % options.length]?.(seed, repeats) ?? '';
}

function readSequence(cursor: Cursor): Part {
  const parts: Part[] = [];
  while (
    cursor.position < cursor.source.length &&
    !'|)'.includes(peek(cursor))
  ) {
    parts.push(readRepeats(cursor, readAtom(cursor)));
  }
  return (seed, repeats) => parts.map((part) => part(seed, repeats)).join('');
}

function readAtom(cursor: Cursor): Part {
  const character = take(cursor);
  switch (character) {
    case '^':
    case '$':
      return () => '';
    case '.':
      return oneOf(() => true);
    case '(':
      return readGroup(cursor);
    case '[':
      return readClass(cursor);
    case '\\':
      return readEscape(cursor);
    default:
      return () => character;
  }
}

function readGroup(cursor: Cursor): Part {
  const opening = /^\?(?::|<[a-z_]\w*>)/i.exec(
    cursor.source.slice(cursor.position),
  );
  const around = /^\?<?[=!]/.exec(cursor.source.slice(cursor.position));
  cursor.position += (opening ?? around)?.[0].length ?? 0;
  const part = readChoice(cursor);
  if (take(cursor) !== ')') throw new RangeError('open group');
  // Look-around has no text of its own: what it asks for is left to luck.
  return around === null ? part : () => '';
}

function readClass(cursor: Cursor): Part {
  let end = cursor.position;
  while (cursor.source[end] !== ']') {
    if (end >= cursor.source.length) throw new RangeError('open class');
    end += cursor.source[end] === '\\' ? 2 : 1;
  }
  const set = new RegExp(
    `^[${cursor.source.slice(cursor.position, end)}]$`,
    'u',
  );
  cursor.position = end + 1;
  return oneOf((character) => set.test(character));
}

function readEscape(cursor: Cursor): Part {
  const letter = take(cursor);
  if (letter === 'b' || letter === 'B') return () => '';
  if (/[1-9k]/.test(letter)) throw new RangeError('back reference');
  const braces = /^\{[^}]*\}|^[0-9a-f]{2,4}/i.exec(
    cursor.source.slice(cursor.position),
  );
  const argument = /[pPux]/.test(letter) ? (braces?.[0] ?? '') : '';
  cursor.position += argument.length;
  const set = new RegExp(`^\\${letter}${argument}$`, 'u');
  return oneOf((character) => set.test(character));
}

function readRepeats(cursor: Cursor, part: Part): Part {
  const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(
    cursor.source.slice(cursor.position),
  );
  if (quantifier === null) return part;
  cursor.position += quantifier[0].length;
  const { least, most } = boundsOf(quantifier);
  if (least > MAX_REPEATS) throw new RangeError('too long');
  return (seed, repeats) => {
    const count = Math.min(least + repeats, most);
    // Repeats inside repeats stay few, or nested quantifiers would multiply.
    const parts: string[] = [];
    let length = 0;
    for (let index = 0; index < count; index += 1) {
      const text = part(seed + index, repeats > 2 ? 1 : repeats);
      length += text.length;
      if (length > MAX_LENGTH) throw new RangeError('too long');
      parts.push(text);
    }
    return parts.join('');
  };
}

function boundsOf(quantifier: RegExpExecArray): {
  readonly least: number;
  readonly most: number;
} {
  const [text, least, comma, most] = quantifier;
  if (least === undefined)
    return {
      least: text.startsWith('+') ? 1 : 0,
      most: text.startsWith('?') ? 1 : Infinity,
    };
  const upper =
    comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
  return { least: Number(least), most: upper };
}

function oneOf(accepts: (character: string) => boolean): Part {
  const characters = PREFERRED.filter(accepts).slice(0, 4);
  if (characters.length === 0)
    append(characters, ['é', 'É', 'Ω', '中', '\n', '\t'].filter(accepts));
  if (characters.length === 0) throw new RangeError('empty class');
  return (seed) => characters[seed % characters.length] ?? '';
}

function peek(cursor: Cursor): string {
  return cursor.source.charAt(cursor.position);
}

function take(cursor: Cursor): string {
  const character = peek(cursor);
  cursor.position += 1;
  return character;
}
