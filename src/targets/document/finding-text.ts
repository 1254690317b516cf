// What a finding says in the document's language: the catalogues speak English, and the words of other languages give the
// same sentences by code, filled with the same parameters.
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Locale } from '../../core/locale.ts';
import { formatNumber, measuresIn } from '../../core/units.ts';
import { onceFor } from '../../core/once-for.ts';
import type { RichText, Segment } from '../../render/rich-text.ts';
import type { Words } from './say.ts';

export interface FindingText {
  readonly message: RichText;
  readonly hint: RichText;
}

/** Says a finding. `words` are those of findings in the language; without one of its code, as for an own rule, it stays as it is. */
export function findingText(
  finding: Diagnostic,
  words: Words,
  locale: Locale,
): FindingText {
  const told = (key: string, otherwise: string | null): RichText => {
    const template = words[key];
    const { parameters } = finding;
    return asCode(
      template === undefined || parameters === undefined
        ? (otherwise ?? '')
        : joined(filled(template, { parameters, words, locale })),
    );
  };
  return {
    message: told(finding.code, finding.message),
    hint: told(`${finding.code}.hint`, finding.hint),
  };
}

/** What stands in quotes is a name or a line of the spec, which is code on a page. */
function asCode(text: string): RichText {
  const parts = text.split('"');
  // An odd number of quotes is no pair of each.
  if (parts.length % 2 === 0) return [{ kind: 'text', value: text }];
  return parts.flatMap((value, index): readonly Segment[] =>
    value === '' ? [] : [{ kind: index % 2 === 0 ? 'text' : 'code', value }],
  );
}

interface Filling {
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly words: Words;
  readonly locale: Locale;
}

function filled(template: string, filling: Filling): string {
  return template
    .split('"')
    .map((part, index) =>
      part.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
        if (!Object.hasOwn(filling.parameters, name)) return whole;
        const value = filling.parameters[name] ?? '';
        // In quotes it is a name or a line of the spec.
        return index % 2 === 1 ? String(value) : translated(value, filling);
      }),
    )
    .join('"');
}

// Parameters hold names in quotes, measures, and a few words of ours between them.
function translated(
  value: string | number,
  { words, locale }: Filling,
): string {
  if (typeof value === 'number') return formatNumber(value, locale);
  return value
    .split('"')
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const { pattern, byPhrase } = phrasesOf(words);
      return measuresIn(part, locale).replaceAll(
        pattern,
        (phrase) => byPhrase.get(phrase) ?? phrase,
      );
    })
    .join('"');
}

const prefix = 'phrase.';

const phrasesOf = onceFor((words: Words) => {
  const byPhrase = new Map(
    Object.entries(words).flatMap(([key, told]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), told] as const] : [],
    ),
  );
  // The longest first, so that a phrase wins over its words.
  const longest = [...byPhrase.keys()].toSorted(
    (left, right) => right.length - left.length,
  );
  const escaped = longest.map((phrase) =>
    phrase.replaceAll('.', String.raw`\.`),
  );
  return {
    byPhrase,
    pattern: new RegExp(
      String.raw`(?<![\w.-])(?:${escaped.join('|')})(?![\w-])`,
      'g',
    ),
  };
});

/** Articles that French joins with the word before them; names stand in quotes and are not meant. */
const joined = (text: string): string =>
  text.replaceAll(/\bde le (?=\S)/g, 'du ').replaceAll(/\bà le (?=\S)/g, 'au ');
