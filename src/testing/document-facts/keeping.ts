// How long messages are kept.
import { claims, set, type Claim } from './claim.ts';
import { cell, tableIn, tablesIn, turned, type Page } from './page.ts';

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  j: 86_400_000,
};

/** Reads the first duration in a text, in the units of either language, in ms; `forever` where it says so. */
function durationIn(text: string): string {
  const match = /(\d+(?:[.,]\d+)?) ?(ms|min|s|m|h|d|j)\b/.exec(
    text.replaceAll(/(\d) (?=\d{3})/g, '$1'),
  );
  if (match !== null)
    return String(
      Number((match[1] ?? '').replace(',', '.')) * (units[match[2] ?? ''] ?? 0),
    );
  return /for ever|without limit|illimitée|sans limite|until handled|jusqu’au traitement/i.test(
    text,
  )
    ? 'forever'
    : 'nothing';
}

/** Lists how long messages stay: in the guarantees and their record; per channel in the infrastructure and for personal data. */
export function keepingClaims(
  page: Page,
  documents: ReadonlyMap<string, string>,
): readonly Claim[] {
  const choice = tableIn(page, 'guarantees').rows.find((row) =>
    /^(?:Retention|Rétention)$/.test(cell(row, 0).text),
  );
  const title = titleOf(documents, '0004-retention');
  const others = tablesIn(page, 'guarantees')
    .slice(1)
    .flatMap(({ rows }) => rows)
    .filter((row) => /^R[eé]tention ?:/.test(cell(row, 1).text));
  const channelOf = turned(tableIn(page, 'events'), { from: 0, to: 5 });
  const channels = tablesIn(page, 'infrastructure').find(
    ({ heads }) => heads.includes('Retention') || heads.includes('Rétention'),
  );
  const at =
    channels?.heads.findIndex((head) => /^R[eé]tention$/.test(head)) ?? -1;
  return [
    ...claims('kept for', 'guarantees', [
      ['system', durationIn(cell(choice ?? [], 1).text)],
    ]),
    ...claims('kept for', 'record', [['system', durationIn(title)]]),
    ...claims(
      'kept for',
      'exceptions',
      others.map(
        (row) =>
          [cell(row, 0).codes[0] ?? '', durationIn(cell(row, 1).text)] as const,
      ),
    ),
    ...claims('kept otherwise', 'exceptions', [
      ['system', set(others.flatMap((row) => cell(row, 0).codes.slice(0, 1)))],
    ]),
    ...claims('kept for', 'record', exceptionsOf(documents)),
    ...claims('kept otherwise', 'record', [
      ['system', set(exceptionsOf(documents).map(([channel]) => channel))],
    ]),
    ...claims(
      'kept for',
      'infrastructure',
      (channels?.rows ?? []).map(
        (row) =>
          [
            cell(row, 0).codes[0] ?? '',
            durationIn(cell(row, at).text),
          ] as const,
      ),
    ),
    ...(channels === undefined
      ? []
      : claims(
          'kept for',
          'personal data',
          tableIn(page, 'personal').rows.map(
            (row) =>
              [
                channelOf.get(cell(row, 0).codes[0] ?? '')?.[0] ?? '',
                durationIn(cell(row, 3).text),
              ] as const,
          ),
        )),
  ];
}

// "Another time is chosen for `stock.take` (1d), `audit` (for ever)."
function exceptionsOf(
  documents: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const text = documents.get('decisions/0004-retention.md') ?? '';
  const [, told = ''] =
    /(?:Another time is chosen for|Une autre durée est choisie pour) (.*?\))\./.exec(
      text,
    ) ?? [];
  return [...told.matchAll(/`([^`]+)` \(([^)]*)\)/g)].map(
    ([, channel = '', time = '']) => [channel, durationIn(time)] as const,
  );
}

function titleOf(
  documents: ReadonlyMap<string, string>,
  record: string,
): string {
  const text = documents.get(`decisions/${record}.md`) ?? '';
  return /^# (.*)$/m.exec(text)?.[1] ?? '';
}
