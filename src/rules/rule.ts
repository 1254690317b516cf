// What a design rule is: one file, one code, one condition on the resolved model. `defineRule` is the way to write one.
import {
  defineDiagnostics,
  type Catalogue,
  type Entries,
  type Entry,
  type Parameters,
  type Place,
} from '../core/catalogue.ts';
import type { Diagnostic, DiagnosticCode } from '../core/diagnostic.ts';
import type { Pointer } from '../core/pointer.ts';
import type { ModelFacts } from '../model/model-facts.ts';

export type Area =
  | 'delivery'
  | 'idempotency'
  | 'ordering'
  | 'errors'
  | 'schemas'
  | 'sagas'
  | 'operations'
  | 'naming'
  | 'ownership'
  | 'security'
  | 'broker';

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
  const { severity, message, hint, why } = text;
  const catalogue = defineDiagnostics(stage, {
    [text.name]: { severity, message, hint, why },
  });
  return {
    ...text,
    catalogue,
    check: (facts) => {
      if (text.broker !== undefined && facts.model.broker.kind !== text.broker)
        return [];
      return find(facts).map(({ at, ...words }) =>
        catalogue.make(
          text.name,
          typeof at === 'string' ? { pointer: at } : at,
          words,
        ),
      );
    },
  };
}
