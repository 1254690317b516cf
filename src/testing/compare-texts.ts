// Two specs as texts to what changed between them, for tests.
import type { Change } from '../changes/change.ts';
import type { Policy } from '../compat/check-readable.ts';
import {
  compareDesigns,
  type ComparedDesigns,
} from '../pipeline/compare-designs.ts';
import { checkText } from './load-model.ts';

/** Compares two specs. Throws when one of them does not resolve. */
export function compareTexts(
  before: string,
  after: string,
  policy: Policy = 'strict',
): ComparedDesigns {
  const compared = compareDesigns(checkText(before), checkText(after), {
    policy,
    reasons: [],
  });
  if (compared === null) throw new Error('a spec does not resolve');
  return compared;
}

/** Writes a change as `impact code@name`, without the stage of its code. */
export function changeText({ impact, cover, code, subject }: Change): string {
  const slug = code.replace(/^diff\//, '');
  return `${impact}${cover === null ? '' : ' covered'} ${slug}@${subject.name}`;
}

/** A text in a spec and what takes its place. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
}

/** Replaces texts in a spec. Throws when one is not there. */
export function replaced(text: string, pairs: readonly Replacement[]): string {
  for (const { from } of pairs)
    if (!text.includes(from)) throw new Error(`the base lacks ${from}`);
  return pairs.reduce((all, { from, to }) => all.replaceAll(from, to), text);
}
