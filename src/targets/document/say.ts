// Sentences from the printed words of a language: placeholders take names of the spec as code, or texts as they are.
import { append } from '../../core/lists.ts';
import { countForm } from '../../core/count-form.ts';
import { onceFor } from '../../core/once-for.ts';
import type { RichText, Segment } from '../../render/rich-text.ts';

export type Words = Readonly<Record<string, string>>;
/** A list is joined by commas, each name on its own. */
export type Parameter = string | number | readonly string[] | RichText;
export type Parameters = Readonly<Record<string, Parameter>>;

/**
 * Says the sentence of a key. `{name}` prints a parameter as code, `{=name}` as text.
 * Throws: `Error` for a key or parameter that is missing, which is a mistake in the words.
 */
export function say(
  words: Words,
  key: string,
  parameters: Parameters = {},
): RichText {
  const sentence = sentenceOf(words, key);
  if (sentence.isFixed) return sentence.parts;
  const segments: Segment[] = [];
  for (const part of sentence.parts) {
    if (part.kind === 'words') {
      segments.push(part);
      continue;
    }
    const name = part.value;
    if (!Object.hasOwn(parameters, name))
      throw new Error(`words "${key}" ask for "${name}"`);
    put(segments, parameters[name] ?? '', part.kind);
  }
  return segments;
}

/** A sentence taken apart: words of ours, and placeholders, each as the kind of text that it prints and its name. */
interface Sentence {
  readonly parts: readonly Segment[];
  /** Whether it has no placeholder, so that it is said as it stands. */
  readonly isFixed: boolean;
}

const sentences: (words: Words) => Map<string, Sentence> = onceFor(
  () => new Map(),
);

// A table says the same few sentences for each of its rows.
function sentenceOf(words: Words, key: string): Sentence {
  const known = sentences(words).get(key);
  if (known !== undefined) return known;
  const parts = partsOf(word(words, key));
  const isFixed = parts.every(({ kind }) => kind === 'words');
  const sentence = { parts, isFixed };
  sentences(words).set(key, sentence);
  return sentence;
}

function partsOf(sentence: string): readonly Segment[] {
  const parts: Segment[] = [];
  let end = 0;
  for (const match of sentence.matchAll(/\{(=?)(\w+)\}/g)) {
    if (match.index > end)
      parts.push({ kind: 'words', value: sentence.slice(end, match.index) });
    end = match.index + match[0].length;
    parts.push({
      kind: match[1] === '=' ? 'text' : 'code',
      value: match[2] ?? '',
    });
  }
  if (end < sentence.length)
    parts.push({ kind: 'words', value: sentence.slice(end) });
  return parts;
}

/** Says the form of a key that fits a count: `<key>.one` or `<key>.other`, with `{=count}` in it. */
export function sayCount(
  words: Words,
  key: string,
  options: { readonly count: number; readonly parameters?: Parameters },
): RichText {
  const { count, parameters = {} } = options;
  // Words that never count nothing need not tell.
  const form = countForm(count, words['zero-is-one'] ?? 'no');
  return say(words, `${key}.${form}`, {
    ...parameters,
    count,
  });
}

/** Says a sentence about names, in the form that fits how many there are; `as` is their placeholder. */
export function sayNames(
  words: Words,
  key: string,
  {
    names,
    as,
    parameters = {},
  }: {
    readonly names: readonly string[];
    readonly as: string;
    readonly parameters?: Parameters;
  },
): RichText {
  return sayCount(words, key, {
    count: names.length,
    parameters: { ...parameters, [as]: names },
  });
}

/**
 * Says a sentence about what can still be read after it was handled: `<key>.kept`, if the words have it and something
 * is kept, else `<key>`.
 */
export function sayKept(
  words: Words,
  key: string,
  options: {
    readonly kept: readonly string[];
    readonly parameters?: Parameters;
  },
): RichText {
  const { kept, parameters = {} } = options;
  return say(words, keptKey(words, key, kept), { ...parameters, kept });
}

/** Chooses between a key and its form for when something is kept. */
export function keptKey(
  words: Words,
  key: string,
  kept: readonly string[],
): string {
  const special = `${key}.kept`;
  return kept.length > 0 && Object.hasOwn(words, special) ? special : key;
}

/** Looks one plain word up. Throws: `Error` when it is missing. */
export function word(words: Words, key: string): string {
  const found = Object.hasOwn(words, key) ? words[key] : undefined;
  if (found === undefined) throw new Error(`words lack "${key}"`);
  return found;
}

/** Makes a rich text of names of the spec, as code, joined by commas. */
export function codes(names: readonly string[]): RichText {
  return printed(names, 'code');
}

/** Makes a rich text of a series of numbered names: more than three are told by the first and the last. */
export function series(names: readonly string[]): RichText {
  const [first] = names;
  const last = names.at(-1);
  if (names.length <= 3 || first === undefined || last === undefined)
    return codes(names);
  return joinRich([codes([first]), codes([last])], ' … ');
}

/** Makes a rich text of a text of the spec. */
export function plain(text: string): RichText {
  return text === '' ? [] : [{ kind: 'text', value: text }];
}

/** Joins rich texts by a separator of ours, leaving out empty ones. */
export function joinRich(
  parts: readonly RichText[],
  separator = ' ',
): RichText {
  const filled = parts.filter((part) => part.length > 0);
  const [first = []] = filled;
  if (filled.length <= 1) return first;
  const joined: Segment[] = [];
  for (const part of filled) {
    if (joined.length > 0) joined.push({ kind: 'words', value: separator });
    append(joined, part);
  }
  return joined;
}

function printed(parameter: Parameter, kind: 'text' | 'code'): RichText {
  const segments: Segment[] = [];
  put(segments, parameter, kind);
  return segments;
}

function put(
  segments: Segment[],
  parameter: Parameter,
  kind: 'text' | 'code',
): void {
  if (typeof parameter === 'string' || typeof parameter === 'number') {
    segments.push({ kind, value: String(parameter) });
    return;
  }
  let isFirst = true;
  for (const item of parameter) {
    // A rich text is already joined; names of a list are not.
    if (typeof item !== 'string') segments.push(item);
    else {
      if (!isFirst) segments.push({ kind: 'words', value: ', ' });
      segments.push({ kind, value: item });
    }
    isFirst = false;
  }
}
