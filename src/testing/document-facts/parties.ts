// Who publishes each event and how, and who consumes it.
import { claims, set, sets, type Claim } from './claim.ts';
import { cell, tableIn, turned, type Page } from './page.ts';

/** Lists what the page and the guide claim of publishers and consumers. */
export const partyClaims = (page: Page, guide: Page): readonly Claim[] => [
  ...publishers(page, guide),
  ...outboxes(page, guide),
  ...consumers(page, guide),
];

function publishers(page: Page, guide: Page): readonly Claim[] {
  const say = (place: string, found: ReadonlyMap<string, readonly string[]>) =>
    claims('published by', place, sets(found));
  return [
    ...say('events', turned(tableIn(page, 'events'), { from: 0, to: 1 })),
    ...say('overview', turned(tableIn(page, 'overview'), { from: 5, to: 0 })),
    ...say('flows', turned(tableIn(page, 'flows'), { from: 0, to: 1 })),
    ...say('guide', turned(tableIn(guide, 'publishing'), { from: 0, to: 1 })),
  ];
}

// The word is the same in both languages, and no name of the spec is outside code.
function outboxes(page: Page, guide: Page): readonly Claim[] {
  const way = (text: string): string =>
    /\boutbox\b/.test(text) ? 'outbox' : 'direct';
  const inFlows = tableIn(page, 'flows').rows.flatMap((row) => {
    const { text, codes } = cell(row, 1);
    const ways = text.split(', ');
    return codes.map(
      (service, at) =>
        [
          `${service}/${cell(row, 0).codes[0] ?? ''}`,
          way(ways[at] ?? ''),
        ] as const,
    );
  });
  const inGuide = tableIn(guide, 'publishing').rows.map(
    (row) =>
      [
        `${cell(row, 1).codes[0] ?? ''}/${cell(row, 0).codes[0] ?? ''}`,
        way(cell(row, 4).text),
      ] as const,
  );
  const inFailures = tableIn(page, 'failures').rows.flatMap((row) => {
    const [hop, failure, effect] = [cell(row, 0), cell(row, 1), cell(row, 2)];
    if (!/^(?:Crash|Arrêt)/.test(failure.text)) return [];
    // "Nothing is lost" is what only an outbox can say.
    const said = /^(?:Nothing is lost|Rien n’est perdu)/.test(effect.text)
      ? 'outbox'
      : 'direct';
    return effect.codes.map(
      (event) => [`${hop.codes[0] ?? ''}/${event}`, said] as const,
    );
  });
  return [
    ...claims('leaves by', 'flows', inFlows),
    ...claims('leaves by', 'guide', inGuide),
    ...claims('leaves by', 'failure modes', inFailures),
  ];
}

function consumers(page: Page, guide: Page): readonly Claim[] {
  const inFlows = tableIn(page, 'flows').rows.map((row) => {
    // A service stands before each of its handlers.
    const services = cell(row, 3).codes.filter((_, at) => at % 2 === 0);
    return [cell(row, 0).codes[0] ?? '', set(services)] as const;
  });
  const say = (
    place: string,
    values: Iterable<readonly [string, string]>,
  ): readonly Claim[] =>
    claims(
      'consumed by',
      place,
      [...values].filter(([, value]) => value !== ''),
    );
  return [
    ...say('events', sets(turned(tableIn(page, 'events'), { from: 0, to: 2 }))),
    ...say('flows', inFlows),
    ...say(
      'guide',
      sets(turned(tableIn(guide, 'consuming'), { from: 2, to: 1 })),
    ),
  ];
}
