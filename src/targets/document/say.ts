// Sentences from the printed words of a language: placeholders take names of the spec as code, or texts as they are.
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
  const sentence = word(words, key);
  const segments: Segment[] = [];
  let end = 0;
  for (const match of sentence.matchAll(/\{(=?)(\w+)\}/g)) {
    if (match.index > end)
      segments.push({ kind: 'words', value: sentence.slice(end, match.index) });
    end = match.index + match[0].length;
    const name = match[2] ?? '';
    if (!Object.hasOwn(parameters, name))
      throw new Error(`words "${key}" ask for "${name}"`);
    segments.push(
      ...printed(parameters[name] ?? '', match[1] === '=' ? 'text' : 'code'),
    );
  }
  if (end < sentence.length)
    segments.push({ kind: 'words', value: sentence.slice(end) });
  return segments;
}

/** Says the form of a key that fits a count: `<key>.one` or `<key>.other`, with `{=count}` in it. */
export function sayCount(
  words: Words,
  key: string,
  options: { readonly count: number; readonly parameters?: Parameters },
): RichText {
  const { count, parameters = {} } = options;
  // English says "0 events", French "0 événement".
  const isOne =
    count === 1 || (count === 0 && word(words, 'zero-is-one') === 'yes');
  return say(words, `${key}.${isOne ? 'one' : 'other'}`, {
    ...parameters,
    count,
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
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) =>
      index === 0 ? part : [{ kind: 'words', value: separator }, ...part],
    );
}

function printed(parameter: Parameter, kind: 'text' | 'code'): RichText {
  if (typeof parameter === 'string' || typeof parameter === 'number')
    return [{ kind, value: String(parameter) }];
  return parameter.flatMap((item: string | Segment, index): RichText => {
    // A rich text is already joined; names of a list are not.
    if (typeof item !== 'string') return [item];
    const segment: Segment = { kind, value: item };
    return index === 0 ? [segment] : [{ kind: 'words', value: ', ' }, segment];
  });
}
