// Of several errors about one place, the one that tells what is wrong.
import type { Diagnostic } from '../core/diagnostic.ts';
import { parentOf } from '../core/pointer.ts';

/** The more telling of two errors about one value comes first. */
const telling = [
  'unit-needed',
  'quote-version',
  'empty-value',
  'wrong-type',
  'bad-name',
  'bad-format',
];

/** Keeps one error per value, and of a mistyped property the mistyping, not also the property it should have been. */
export function withoutConsequences(
  told: readonly Diagnostic[],
): readonly Diagnostic[] {
  const mistypings = new Set(
    told
      .filter(({ hint }) => hint?.startsWith('Did you mean'))
      .map(
        ({ pointer, hint }) =>
          `${parentOf(pointer)} ${/"(.*?)"/.exec(hint ?? '')?.[1] ?? ''}`,
      ),
  );
  const kept = new Map<string, Diagnostic>();
  for (const diagnostic of told) {
    const { code, pointer, at, message } = diagnostic;
    const missing = /lacks "(.*)"$/.exec(message)?.[1];
    if (
      code === 'schema/missing-property' &&
      mistypings.has(`${pointer} ${missing}`)
    )
      continue;
    const identity = at === 'value' ? pointer : `${pointer} ${code} ${message}`;
    const earlier = kept.get(identity);
    if (earlier === undefined || rank(diagnostic) < rank(earlier))
      kept.set(identity, diagnostic);
  }
  return [...kept.values()];
}

const rank = ({ code }: Diagnostic): number => {
  const index = telling.indexOf(code.slice('schema/'.length));
  return index === -1 ? telling.length : index;
};
