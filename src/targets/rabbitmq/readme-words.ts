// Texts of the README in the model's language.
import { fill } from '../../core/catalogue.ts';
import type { RichText } from '../../render/rich-text.ts';

export type Words = Readonly<Record<string, string>>;

/** Says a text of the words. Throws: `Error` when they lack it, which is our mistake. */
export function say(
  words: Words,
  key: string,
  parameters: Readonly<Record<string, string | number>>,
): string {
  const text = Object.hasOwn(words, key) ? words[key] : undefined;
  if (text === undefined) throw new Error(`words lack "${key}"`);
  return fill(text, parameters);
}

/** Makes a rich text of words of ours. */
export const ours = (value: string): RichText =>
  value === '' ? [] : [{ kind: 'words', value }];

/** Says a text of the words with rich texts in it. */
export function rich(
  words: Words,
  key: string,
  parameters: Readonly<Record<string, RichText>>,
): RichText {
  return say(words, key, {})
    .split(/\{(\w+)\}/)
    .flatMap((part, index) =>
      index % 2 === 0 ? ours(part) : (parameters[part] ?? []),
    );
}
