// Which broker and who chose it, and how many copies each environment has.
import type { Passage } from '../document-tables.ts';
import type { Claim } from './claim.ts';
import { cell, tableIn, type Page } from './page.ts';

/** Lists how many copies each environment has, also where the loss of a node is told. */
export function environmentClaims(page: Page): readonly Claim[] {
  const table = tableIn(page, 'infrastructure');
  const loss = tableIn(page, 'failures').rows.find((row) =>
    /^(?:One node is lost|Perte d’un nœud)/.test(cell(row, 1).text),
  );
  const told = cell(loss ?? [], 2);
  return table.rows.flatMap((row) => {
    const name = cell(row, 0).codes[0] ?? '';
    const copies = cell(row, 1).text;
    return [
      { fact: 'copies', subject: name, value: copies, place: 'infrastructure' },
      {
        fact: 'copies',
        subject: name,
        value: copiesTold(told, name),
        place: 'failure modes',
      },
    ];
  });
}

// "In `dev`, there is one copy …. In `prod`, … (3 copies) …": the sentence that names it, up to the next "In".
function copiesTold({ text, codes }: Passage, name: string): string {
  if (!codes.includes(name)) return 'not told';
  const parts = text.split(/(?:^|(?<=\. ))(?=(?:In|En) )/);
  const part = parts.find((one) =>
    (
      one.split(/, (?:there|another|quorum|il n’y|une autre|les files)/)[0] ??
      ''
    )
      .replace(/^(?:In|En) /, '')
      .split(', ')
      .includes(name),
  );
  const count = /(\d+) copies/.exec(part ?? '')?.[1];
  return count ?? (/one copy|qu’une copie/.test(part ?? '') ? '1' : 'not told');
}

/** Lists which broker is used, and who chose it. */
export function brokerClaims(
  page: Page,
  documents: ReadonlyMap<string, string>,
): readonly Claim[] {
  const record = documents.get('decisions/0001-broker.md') ?? '';
  const used = page
    .chapter('infrastructure')
    .flatMap(({ passages }) => passages)
    .find(({ text }) => /^Broker ?:/.test(text));
  const drawn = documents.get('ARCHITECTURE.md') ?? '';
  const name = used?.text.replace(/^Broker ?: /, '').trim() ?? '';
  const decided =
    /^(?:## Decision|## Décision)\n\n(.*?) ?:/m.exec(record)?.[1] ?? '';
  return [
    { fact: 'broker', subject: 'system', value: name, place: 'infrastructure' },
    {
      fact: 'broker',
      subject: 'system',
      value: decided.replaceAll('\\', ''),
      place: 'record',
    },
    {
      fact: 'broker',
      subject: 'system',
      value: drawn.split('```')[1]?.includes(name) === true ? name : 'another',
      place: 'drawing',
    },
    {
      fact: 'chosen',
      subject: 'broker',
      value: statusOf(record),
      place: 'record',
    },
    {
      fact: 'reason',
      subject: 'broker',
      value: reasonOf(record),
      place: 'record',
    },
  ];
}

function statusOf(record: string): string {
  if (
    /: chosen in the spec(?:;|$)| : choisie dans la spécification(?: ;|$)/m.test(
      record,
    )
  )
    return 'spec';
  if (/chosen for this run|pour cette exécution/.test(record)) return 'run';
  return 'tool';
}

const reasonOf = (record: string): string =>
  /^## (?:Because|Parce que|Raison)\n\n(.*)$/m.exec(record)?.[1] ?? '';
