// The diagrams' printed words, filled in. Knows the keys only by name; the files are `templates/diagrams/*.words.json`.
import { fill } from '../core/catalogue.ts';
import { countForm } from '../core/count-form.ts';
import type { Words } from './diagram.ts';

/** Finds a word and fills its placeholders. Throws: `Error` for a key that the language lacks (our bug). */
export function say(
  words: Words,
  key: string,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  const template = Object.hasOwn(words, key) ? words[key] : undefined;
  if (template === undefined) throw new Error(`no word "${key}" for diagrams`);
  return fill(template, parameters);
}

/** Says the form of a key that fits a count: `<key>.one` or `.other`, with `{count}` in it. */
export function sayCount(words: Words, key: string, count: number): string {
  const form = countForm(count, say(words, 'zero-is-one'));
  return say(words, `${key}.${form}`, { count });
}
