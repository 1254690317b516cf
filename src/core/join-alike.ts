// Findings that differ in the name of one thing only, told as one: for people, behind all that looks at single findings.
import type { Diagnostic } from './diagnostic.ts';
import { gather } from './gather.ts';
import { shortList } from './text.ts';

/**
 * Joins findings that say the same of several things into the first of them, which then names all and has the places of
 * the others as related ones. Others stay as they are. Ignoring, holding back and failing look at the single ones.
 */
export function joinAlike(
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (diagnostics.every(({ alike }) => alike === undefined)) return diagnostics;
  const groups = gather(diagnostics, ({ code, severity, alike, location }) =>
    alike === undefined
      ? []
      : [keyOf([code, severity, location?.file, alike.message, alike.hint])],
  );
  const firsts = new Map(
    [...groups.values()].map((group) => [group[0], group] as const),
  );
  return diagnostics.flatMap((one) => {
    if (one.alike === undefined) return [one];
    const group = firsts.get(one);
    return group === undefined ? [] : [joined(one, group)];
  });
}

const keyOf = (parts: readonly unknown[]): string => JSON.stringify(parts);

function joined(first: Diagnostic, group: readonly Diagnostic[]): Diagnostic {
  const { alike } = first;
  if (alike === undefined || group.length === 1) return first;
  const names = shortList([
    ...new Set(group.flatMap((one) => one.alike?.name ?? [])),
  ]);
  return {
    ...first,
    message: alike.message.join(names),
    hint: alike.hint.join(names),
    parameters: { ...first.parameters, [alike.placeholder]: names },
    related: [
      ...first.related,
      ...group.slice(1).map((one) => ({
        message: `the same of "${one.alike?.name ?? ''}"`,
        pointer: one.pointer,
        location: one.location,
      })),
    ],
  };
}
