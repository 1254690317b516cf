// What a decision record is about, and its sentences, from the broker's words or those of all brokers.
import { countForm } from '../../core/count-form.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { sayKept, type Parameters, type Words } from './say.ts';

export interface Subject {
  readonly number: number;
  readonly slug: string;
  /** Beginning of its words, e.g. `delivery.at-least-once`. */
  readonly key: string;
  readonly words: Words;
  /** How many things it names, for sentences that differ by that. */
  readonly count: number;
  readonly parameters: Parameters;
  /** Who decided it. */
  readonly source: RichText;
  /** The author's reason; empty when the spec gives none. */
  readonly reason: RichText;
}

/** Says one part of a record; null when there is none. What a choice means may differ with the broker, whose words go first. */
export function partOf(
  { brokerWords, kept }: DocumentContext,
  { words, key, count, parameters }: Subject,
  name: string,
): RichText | null {
  const full = `${key}.${name}`;
  const counted = `${full}.${countForm(count, 'no')}`;
  for (const source of [brokerWords, words]) {
    const said = [counted, full].find((one) => Object.hasOwn(source, one));
    if (said !== undefined) return sayKept(source, said, { kept, parameters });
  }
  return null;
}

/** Says the parts that are numbered from 1. */
export function numbered(
  context: DocumentContext,
  subject: Subject,
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
