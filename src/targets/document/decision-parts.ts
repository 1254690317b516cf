// The sentences of a decision record, from the broker's words or those of all brokers.
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { sayKept, type Parameters, type Words } from './say.ts';

/** What a record is about. */
export interface DecidedSubject {
  /** Beginning of its words, e.g. `delivery.at-least-once`. */
  readonly key: string;
  readonly words: Words;
  readonly parameters: Parameters;
}

/** Says one part of a record; null when there is none. What a choice means may differ with the broker, whose words go first. */
export function partOf(
  { brokerWords, kept }: DocumentContext,
  { words, key, parameters }: DecidedSubject,
  name: string,
): RichText | null {
  const full = `${key}.${name}`;
  const said = [brokerWords, words].find((one) => Object.hasOwn(one, full));
  return said === undefined ? null : sayKept(said, full, { kept, parameters });
}

/** Says the parts that are numbered from 1. */
export function numbered(
  context: DocumentContext,
  subject: DecidedSubject,
  name: string,
): readonly RichText[] {
  const found: RichText[] = [];
  for (
    let text = partOf(context, subject, `${name}.1`);
    text !== null;
    text = partOf(context, subject, `${name}.${found.length + 1}`)
  )
    found.push(text);
  return found;
}
