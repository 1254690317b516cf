// The decision records: one per guarantee and pattern that the spec chose. A record's number belongs to its subject, so it never moves
// when another pattern is added or dropped; the numbers that a system has no need of are told beside the list.
import type { RichText } from '../../render/rich-text.ts';
import { numbered, partOf, type Subject } from './decision-parts.ts';
import type { DocumentContext } from './document-context.ts';
import { guaranteeSubjects } from './guarantee-decisions.ts';
import { patternSubjects } from './pattern-decisions.ts';
import { joinRich, plain, say, sayCount, word } from './say.ts';

export interface DecisionView {
  /** Four digits and the subject: `0002-delivery`. */
  readonly file: string;
  readonly number: string;
  readonly title: RichText;
  readonly source: RichText;
  readonly context: RichText;
  readonly decision: RichText;
  readonly because: RichText;
  readonly consequences: readonly RichText[];
  readonly alternatives: readonly RichText[];
}

/** Builds the records of a model, by number. */
export function decisions(context: DocumentContext): readonly DecisionView[] {
  return subjectsOf(context)
    .filter(({ count }) => count > 0)
    .map((subject) => decisionView(context, subject));
}

/** Says which numbers are missing in the list, and why; empty when none is. */
export function missingRecords(context: DocumentContext): RichText {
  const { decisionWords: words } = context;
  const missing = subjectsOf(context).filter(({ count }) => count === 0);
  return missing.length === 0
    ? plain('')
    : sayCount(words, 'missing', {
        count: missing.length,
        parameters: {
          records: joinRich(
            missing.map(({ number, slug }) =>
              say(words, 'missing.record', {
                number: fourDigits(number),
                pattern: word(words, `missing.${slug}`),
              }),
            ),
            ', ',
          ),
        },
      });
}

const subjectsOf = (context: DocumentContext): readonly Subject[] =>
  [...guaranteeSubjects(context), ...patternSubjects(context)].toSorted(
    (left, right) => left.number - right.number,
  );

const fourDigits = (number: number): string => String(number).padStart(4, '0');

function decisionView(
  context: DocumentContext,
  subject: Subject,
): DecisionView {
  const number = fourDigits(subject.number);
  const part = (name: string): RichText =>
    partOf(context, subject, name) ??
    say(subject.words, `${subject.key}.${name}`);
  return {
    file: `${number}-${subject.slug}`,
    number,
    title: part('title'),
    source: subject.source,
    context: part('context'),
    decision: part('decision'),
    because: subject.reason.length > 0 ? subject.reason : part('because'),
    consequences: numbered(context, subject, 'consequence'),
    alternatives: numbered(context, subject, 'alternative'),
  };
}
