// What a design rule is: one file, one code, one condition on the resolved model. `defineRule` is the way to write one.
import {
  defineDiagnostics,
  fill,
  filledParts,
  partsOf,
  type Catalogue,
  type Entries,
  type Entry,
  type Parameters,
  type Place,
} from '../core/catalogue.ts';
import type { Diagnostic, DiagnosticCode } from '../core/diagnostic.ts';
import type { Pointer } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import type { ModelFacts } from '../model/model-facts.ts';

/** What a rule is about; the order is that of lists. */
export const areas = [
  'delivery',
  'idempotency',
  'ordering',
  'errors',
  'schemas',
  'sagas',
  'operations',
  'naming',
  'ownership',
  'security',
  'broker',
] as const;

export type Area = (typeof areas)[number];

/** The smallest set of rules that a rule belongs to: each profile holds those before it. */
export type Profile = 'minimal' | 'recommended' | 'strict';

/** What is said about a rule; message and hint take the same `{placeholders}`. */
export interface RuleText extends Entry {
  /** Kebab-case = file name = fixture folder; the code is `rule/<name>`. */
  readonly name: string;
  readonly area: Area;
  /** minimal: what loses messages or cannot work; recommended: likely trouble; strict: matters of taste and rigour. */
  readonly profile: Profile;
  /** The only broker that it is about; null for all. */
  readonly broker?: string;
  /** One sentence for lists and documents. */
  readonly summary: string;
  /** One imperative sentence with the names involved: a change to this spec. */
  readonly hint: string;
  /** Where the knowledge comes from: a book, a broker's documentation, an article. */
  readonly source: string;
  /**
   * The placeholder, or several, written without quotes, that names the thing a finding is about. Findings that are alike
   * in every other word are told as one with all their names and places: the same fault of a field that several events
   * carry.
   */
  readonly joins?: string | readonly string[];
}

export interface Rule extends RuleText {
  readonly catalogue: Catalogue<Entries>;
  /** Linear in the model: look-ups come from the facts, which are gathered once for all rules. */
  readonly check: (facts: ModelFacts) => readonly Diagnostic[];
}

/** The code that a rule's findings have, such as `rule/unkeyed-order`. */
export const codeOf = ({ name, catalogue }: Rule): DiagnosticCode =>
  `${catalogue.stage}/${name}`;

/** One place where a rule's condition holds, with a word for each placeholder of its message and hint. */
export type Finding<E extends Entry> = Parameters<E> & {
  /** A pointer, or a place with the thing's name or related places. */
  readonly at: Pointer | Place;
};

/**
 * Defines a rule from what it says and the condition it looks for. The type asks each finding for every placeholder.
 * A rule of one broker is silent on the models of others. `stage` stands before the name in its code.
 */
export function defineRule<const T extends RuleText>(
  text: T,
  find: (facts: ModelFacts) => readonly Finding<T>[],
  stage = 'rule',
): Rule {
  const { severity, message, hint, why, joins } = text;
  const catalogue = defineDiagnostics(stage, {
    [text.name]: { severity, message, hint, why },
  });
  return {
    ...text,
    catalogue,
    check: (facts) => {
      if (text.broker !== undefined && facts.model.broker.kind !== text.broker)
        return [];
      return find(facts).map(({ at, ...words }) => {
        const place = typeof at === 'string' ? { pointer: at } : at;
        const made = catalogue.make(text.name, place, words);
        // Placeholders are filled with text and numbers, by the type of `Finding`.
        return joins === undefined
          ? made
          : {
              ...made,
              ...toldAlike(text, [joins].flat(), words as object as Words),
            };
      });
    },
  };
}

type Words = Readonly<Record<string, string | number>>;

/** What a finding says of its one thing, and how others that say the same of theirs can be told with it. */
function toldAlike(
  { message, hint }: RuleText,
  joins: readonly string[],
  words: Words,
): Pick<Diagnostic, 'message' | 'hint' | 'parameters' | 'alike'> {
  const names = Object.fromEntries(
    joins.map((placeholder) => [placeholder, String(words[placeholder])]),
  );
  const alike = {
    names,
    message: aroundNames(message, joins, words),
    hint: aroundNames(hint, joins, words),
  };
  const quoted = Object.fromEntries(
    joins.map((placeholder) => [
      placeholder,
      quotedList([names[placeholder] ?? '']),
    ]),
  );
  return {
    message: filledParts(alike.message, quoted),
    hint: filledParts(alike.hint, quoted),
    parameters: { ...words, ...quoted },
    alike,
  };
}

/** The parts of a template with the names still open: what the words fill is text, whatever stands in it. */
function aroundNames(
  template: string,
  names: readonly string[],
  words: Words,
): readonly string[] {
  const parts: string[] = [''];
  for (const [index, part] of partsOf(template).entries()) {
    if (index % 2 === 1 && names.includes(part)) parts.push(part, '');
    else {
      const text = index % 2 === 0 ? part : fill(`{${part}}`, words);
      parts[parts.length - 1] += text;
    }
  }
  return parts;
}
