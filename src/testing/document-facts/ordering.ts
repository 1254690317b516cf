// Which order is promised, in the guarantees, in the record of the decision and among the practices.
import { claims, type Claim } from './claim.ts';
import { cell, tableIn, type Page } from './page.ts';

/** Lists what is said of the order of events: per key, one for all, none, or none for want of keys. */
export function orderingClaims(
  page: Page,
  documents: ReadonlyMap<string, string>,
): readonly Claim[] {
  const choice = tableIn(page, 'guarantees').rows.find((row) =>
    /^(?:Ordering|Ordre)$/.test(cell(row, 0).text),
  );
  const record = documents.get('decisions/0003-ordering.md') ?? '';
  const title = /^# (.*)$/m.exec(record)?.[1] ?? '';
  return [
    ...claims('order', 'guarantees', [
      ['system', orderIn(cell(choice ?? [], 1).text)],
    ]),
    ...claims('order', 'record', [['system', orderIn(title)]]),
  ];
}

const orders: readonly (readonly [RegExp, string])[] = [
  [/no event has a key|once events have|aucun événement|dès que/i, 'no keys'],
  [/per key|par clé/i, 'per-key'],
  [/one order|total|ordre unique|un seul ordre/i, 'total'],
  [/no order|sans ordre|aucun ordre|ne promettre/i, 'none'],
];

const orderIn = (text: string): string =>
  orders.find(([pattern]) => pattern.test(text))?.[1] ?? `not told: ${text}`;
