// Findings that differ in the names of things only, told as one: for people, behind all that looks at single findings.
import { filledParts } from './catalogue.ts';
import type { Alike, Diagnostic } from './diagnostic.ts';
import { gather } from './gather.ts';
import { counted, shortList } from './text.ts';

/**
 * Joins findings that say the same of several things, or of several places of one, into the first of them or the one
 * that is the lead, which then names all and has the places of the others as related ones. Others stay as they are.
 * Ignoring, holding back and failing look at the single ones.
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
  const leads = new Map(
    [...groups.values()].map((group) => [leadOf(group), group] as const),
  );
  return diagnostics.flatMap((one) => {
    if (one.alike === undefined) return [one];
    const group = leads.get(one);
    return group === undefined ? [] : [joined(one, one.alike, group)];
  });
}

const keyOf = (parts: readonly unknown[]): string => JSON.stringify(parts);

const leadOf = (group: readonly Diagnostic[]): Diagnostic | undefined =>
  group.find(({ alike }) => alike?.isLead === true) ?? group[0];

function joined(
  lead: Diagnostic,
  alike: Alike,
  group: readonly Diagnostic[],
): Diagnostic {
  if (group.length === 1) return lead;
  const others = group.filter((one) => one !== lead);
  const placeholders = Object.keys(alike.names);
  const names = Object.fromEntries(
    placeholders.map((placeholder) => [
      placeholder,
      shortList([
        ...new Set(group.flatMap((one) => one.alike?.names[placeholder] ?? [])),
      ]),
    ]),
  );
  const message = filledParts(alike.message, names);
  return {
    ...lead,
    message:
      placeholders.length > 0
        ? message
        : `${message} and at ${counted(others.length, 'other place')}`,
    hint: alike.hint === null ? lead.hint : filledParts(alike.hint, names),
    parameters: { ...lead.parameters, ...names },
    related: [
      ...lead.related,
      ...others.map((one) => ({
        message: sameOf(one.alike),
        pointer: one.pointer,
        location: one.location,
      })),
    ],
  };
}

function sameOf(alike: Alike | undefined): string {
  const [name] = Object.values(alike?.names ?? {});
  return name === undefined ? 'the same here' : `the same of "${name}"`;
}
