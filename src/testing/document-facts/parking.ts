// What becomes of messages that cannot be handled.
import type { Passage } from '../document-tables.ts';
import { claims, set, type Claim } from './claim.ts';
import { cell, tableIn, tablesIn, type Page } from './page.ts';

/** Lists where each group parks what fails: in the table of groups, the failure modes, the guide. */
export function parkingClaims(page: Page, guide: Page): readonly Claim[] {
  const groups = tablesIn(page, 'infrastructure').find(({ heads }) =>
    heads.includes('Dead letters'),
  );
  const at = groups?.heads.indexOf('Dead letters') ?? -1;
  const handled = tableIn(page, 'failures').rows.filter((row) =>
    /^(?:Handler fails|Le traitement échoue)/.test(cell(row, 1).text),
  );
  const parked = (text: Passage): readonly string[] =>
    text.codes.filter((name) => /\.(?:dlt|dlq)$|dead/.test(name));
  const inFailures = handled.map((row) => set(parked(cell(row, 2))));
  const dead = tableIn(guide, 'dead').rows.map((row) =>
    set(cell(row, 1).codes),
  );
  const inTable = (groups?.rows ?? []).map((row) => set(cell(row, at).codes));
  const numbered = (values: readonly string[]) =>
    values.map((value, row) => [`group ${row + 1}`, value] as const);
  return [
    ...claims('parks in', 'infrastructure', numbered(inTable)),
    ...claims('parks in', 'failure modes', numbered(inFailures)),
    ...claims('parks in', 'guide', numbered(dead)),
    ...practice(page, inTable),
  ];
}

// The checklist counts subscriptions; that it counts all, some or none of them has to fit the table.
function practice(page: Page, inTable: readonly string[]): readonly Claim[] {
  const row = page
    .chapter('patterns')
    .flatMap(({ passages }) => passages)
    .find(({ text }) => text.includes('Dead Letter Channel'));
  const isTicked = row?.text.startsWith('[x]') ?? false;
  return [
    {
      fact: 'parks anything',
      subject: 'system',
      value: String(isTicked),
      place: 'patterns',
    },
    {
      fact: 'parks anything',
      subject: 'system',
      value: String(inTable.some((names) => names !== '')),
      place: 'infrastructure',
    },
  ];
}
