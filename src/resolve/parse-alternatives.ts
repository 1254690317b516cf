// Types with "|" between them: an enumeration of words, or a union of types; either may be null too.
import { pascalCase, quotedList } from '../core/text.ts';
import { typeText, type FieldType } from '../model/payload.ts';
import { malformed, type ParsedType } from './parsed-type.ts';

/** What the reader of single types knows. */
export interface Alternatives {
  /** Reads one alternative. */
  readonly parse: (text: string) => ParsedType;
  /** Tells whether a text names a type: a built-in one, one of the spec, a list or a map. */
  readonly isType: (text: string) => boolean;
  /** The type that a word is another name of, as in other languages; null when it is none. */
  readonly meant: (word: string) => string | null;
}

/** Splits a type at each "|" that is not inside `<` and `>`; one part when it has none. */
export function alternativeTexts(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [at, character] of [...text.matchAll(/[|<>]/g)].map(
    (match) => [match.index, match[0]] as const,
  )) {
    if (character === '<') depth += 1;
    else if (character === '>') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}

/** Reads alternatives. What names a type is never a word of an enumeration, so the two cannot be mixed. */
export function parseAlternatives(
  parts: readonly string[],
  reading: Alternatives,
): ParsedType {
  if (parts.includes('')) {
    return malformed(
      'an enumeration has an empty value',
      'Write the values with "|" between them: a | b | c.',
    );
  }
  const repeated = parts.find((part, index) => parts.indexOf(part) !== index);
  if (repeated !== undefined)
    return malformed(
      `"${repeated}" stands in it twice`,
      'Remove one of the two.',
    );
  const miswritten = parts.find(
    (part) => /^null$/i.test(part) && part !== 'null',
  );
  if (miswritten !== undefined)
    return malformed(`"${miswritten}" is no word`, 'Write null in lower case.');
  const present = parts.filter((part) => part !== 'null');
  const parsed = parsePresent(present, reading);
  if (present.length === parts.length) return parsed;
  if (!('type' in parsed))
    return parsed.problem === 'unknown' && parsed.near === 'any'
      ? malformed(
          `"${parsed.name}" is no type`,
          'Write "any" alone, which accepts null as it is.',
        )
      : parsed;
  return isAny(parsed.type)
    ? malformed('"any" accepts null as it is', 'Write "any" alone.')
    : { type: { kind: 'nullable', of: parsed.type } };
}

function parsePresent(
  parts: readonly string[],
  reading: Alternatives,
): ParsedType {
  const { parse, isType } = reading;
  const words = parts.filter((part) => !isType(part));
  const [word] = words;
  if (word === undefined) return parseUnion(parts, parse);
  if (words.length === parts.length)
    return parts.length === 1 ? parse(word) : parseWords(parts, reading);
  // A word among types is most often a mistyped type.
  const alone = parse(word);
  if ('problem' in alone && alone.problem === 'unknown' && alone.near !== null)
    return alone;
  return mixed(parts, isType);
}

/** Words of which each is another name of a type are most often meant as types. */
function parseWords(
  words: readonly string[],
  { parse, meant }: Alternatives,
): ParsedType {
  const types = words.flatMap((word) => meant(word) ?? []);
  if (types.length < words.length)
    return { type: { kind: 'enum', values: words } };
  const parsed = [...new Set(types)].flatMap((type) => {
    const one = parse(type);
    return 'type' in one ? one.type : [];
  });
  const wanted = parsed.filter(
    (type) => !parsed.some((other) => other !== type && covers(other, type)),
  );
  return malformed(
    `${quotedList(words)} can be types or words`,
    `Write "${wanted.map(typeText).join(' | ')}" for the types; if all of them are words, give them a type of their own under "types", "Word: ${wordsType(words)}".`,
  );
}

function mixed(
  parts: readonly string[],
  isType: Alternatives['isType'],
): ParsedType {
  const words = parts.filter((part) => !isType(part));
  const types = parts.filter((part) => isType(part));
  const reason = `"${types[0]}" is a type and "${words[0]}" is not`;
  const wide = types.find((type) => type === 'string' || type === 'any');
  const name = pascalCase(words[0] ?? '') || 'Word';
  const apart =
    wide === undefined
      ? `if not, give it to ${quotedList(words)} alone and write "${[name, ...types].join(' | ')}"`
      : `if not, write "${wide}" alone, which accepts any of them`;
  return malformed(
    reason,
    `If all of them are words, give them a type of their own under "types", "${name}: ${wordsType(parts)}"; ${apart}.`,
  );
}

/** Writes an enumeration as the definition of a type, which any words will do for. */
export function wordsType(words: readonly string[]): string {
  return `{ schema: { enum: ${JSON.stringify(words)} } }`;
}

function parseUnion(
  parts: readonly string[],
  parse: Alternatives['parse'],
): ParsedType {
  const types: FieldType[] = [];
  for (const part of parts) {
    const parsed = parse(part);
    if (!('type' in parsed)) return parsed;
    types.push(parsed.type);
  }
  const [only] = types;
  if (only !== undefined && types.length === 1) return { type: only };
  for (const wide of types) {
    const narrow = types.find((type) => type !== wide && covers(wide, type));
    if (narrow !== undefined)
      return malformed(
        `"${typeText(wide)}" accepts every "${typeText(narrow)}" already`,
        'Remove one of the two.',
      );
  }
  return { type: { kind: 'union', of: types } };
}

const isAny = (type: FieldType): boolean =>
  type.kind === 'primitive' && type.name === 'any';

const texts: ReadonlySet<string> = new Set([
  'uuid',
  'date',
  'date-time',
  'email',
  'uri',
  'bytes',
]);

/** Tells whether one type accepts all that another does, as far as their words show it. */
function covers(wide: FieldType, narrow: FieldType): boolean {
  if (isAny(wide) || typeText(wide) === typeText(narrow)) return true;
  if (wide.kind !== 'primitive' || narrow.kind !== 'primitive') return false;
  return (
    (wide.name === 'string' && texts.has(narrow.name)) ||
    (wide.name === 'number' && narrow.name === 'integer')
  );
}
