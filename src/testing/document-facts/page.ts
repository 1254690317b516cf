// A page with its chapters found by their titles in either language, and its tables by their place.
import {
  chaptersOf,
  type Chapter,
  type Passage,
  type Table,
} from '../document-tables.ts';

/** Titles of chapters, in English and in French, in small letters. */
export const chapters = {
  overview: ['overview', "vue d'ensemble"],
  events: ['events', 'événements'],
  patterns: ['patterns applied', 'patterns appliqués'],
  infrastructure: ['infrastructure'],
  flows: ['flows', 'flux'],
  sagas: ['sagas'],
  failures: ['failure modes', 'modes de défaillance'],
  guarantees: ['guarantees', 'garanties'],
  personal: ['personal data', 'données personnelles'],
  publishing: ['publish an event', 'publier un événement'],
  consuming: ['consume an event', 'consommer un événement'],
  dead: ['dead letters'],
} as const;

export type ChapterName = keyof typeof chapters;

export interface Page {
  readonly chapter: (name: ChapterName) => readonly Chapter[];
}

/** Reads a page. */
export function pageOf(text: string): Page {
  const found = chaptersOf(text);
  return {
    chapter: (name) =>
      found.filter(({ title }) =>
        chapters[name].some((one) => one === title.toLowerCase()),
      ),
  };
}

/** Lists the tables of a chapter, also of its sections. */
export const tablesIn = (page: Page, name: ChapterName): readonly Table[] =>
  page.chapter(name).flatMap(({ tables }) => tables);

/** Gives the first table of a chapter; an empty one where there is none. */
export const tableIn = (page: Page, name: ChapterName): Table =>
  tablesIn(page, name)[0] ?? { heads: [], rows: [] };

/** Gives a cell; an empty one beyond the end. */
export const cell = (row: readonly Passage[], at: number): Passage =>
  row[at] ?? { text: '', codes: [] };

/** Rows of a table turned round: for each name in one column, the names beside it. */
export function turned(
  table: Table,
  columns: { readonly from: number; readonly to: number },
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const row of table.rows) {
    for (const key of cell(row, columns.from).codes) {
      const names = found.get(key) ?? [];
      names.push(...cell(row, columns.to).codes);
      found.set(key, names);
    }
  }
  return found;
}
