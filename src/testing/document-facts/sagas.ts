// What sagas undo and how they end.
import type { Chapter } from '../document-tables.ts';
import { set, type Claim } from './claim.ts';
import { cell, tableIn, type Page } from './page.ts';

const none =
  /No step is compensated|Nothing is undone|Aucune étape n’est compensée|Rien n’est compensé|rien n’est compensé|nothing is undone|ne compense rien|reste fait\.$/;

/** Lists what each saga undoes, whether anybody does, and how it ends when given up. */
export function sagaClaims(page: Page): readonly Claim[] {
  const chapters = page
    .chapter('sagas')
    .filter(({ section }) => section !== '');
  const rows = tableIn(page, 'failures').rows.filter((row) =>
    /^(?:No outcome within|Pas d’issue en)/.test(cell(row, 1).text),
  );
  return chapters.flatMap((chapter) => {
    const compensation = chapter.passages.find(({ text }) =>
      text.startsWith('Compensation.'),
    );
    const row = rows.find((one) => cell(one, 0).codes[0] === chapter.section);
    const effect = cell(row ?? [], 2);
    const isAlone = chapter.passages.some(({ text }) =>
      /No one coordinates|Personne ne la coordonne/.test(text),
    );
    const aborts = givenUpWith(chapter);
    const value = (fact: string, place: string, said: string): Claim => ({
      fact,
      subject: chapter.section,
      value: said,
      place,
    });
    return [
      value('steps', 'sagas', String(chapter.tables[0]?.rows.length)),
      ...(compensation !== undefined && none.test(compensation.text)
        ? [
            value('undoes something', 'sagas', 'false'),
            value(
              'undoes something',
              'failure modes',
              String(!none.test(effect.text)),
            ),
          ]
        : []),
      // A coordinator sends; where there is none, nobody does.
      ...(isAlone
        ? [
            value('has a coordinator', 'sagas', 'false'),
            value(
              'has a coordinator',
              'failure modes',
              String(
                /\b(?:is|are) sent\b|are compensated|envoyées?\b|sont compensées, puis/.test(
                  effect.text,
                ),
              ),
            ),
          ]
        : []),
      ...(aborts === null
        ? []
        : [
            value('given up with', 'sagas', aborts),
            value(
              'given up with',
              'failure modes',
              effect.codes.includes(aborts) ? aborts : set(effect.codes),
            ),
          ]),
    ];
  });
}

function givenUpWith(chapter: Chapter): string | null {
  const ends = chapter.passages.find(({ text }) =>
    /When it is given up|Abandonnée, elle/.test(text),
  );
  return ends?.codes.at(-1) ?? null;
}
