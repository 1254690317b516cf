// Changes as a summary for a pull request: who breaks, with payloads folded away, and a picture. Small enough for a comment.
import type { Change } from '../../../changes/change.ts';
import {
  mdCell,
  mdCellCode,
  mdCode,
  mdFence,
  mdText,
} from '../../../render/escape-markdown.ts';
import {
  tally,
  tallyText,
  whoBreaks,
  type ChangePrinter,
  type ChangeReport,
} from './change-report.ts';
import { drawChanges } from './draw-changes.ts';

/** Rows of one table, and payloads, before the rest is only counted; GitHub takes 65,536 characters in a comment. */
const maxRows = 40;
const maxProofs = 12;
const maxProofLength = 1200;
const maxLength = 60_000;

/** Prints a summary in GitHub's Markdown, which GitLab reads too. */
export const markdown: ChangePrinter = {
  name: 'markdown',
  print: (report) => {
    const picture = drawing(report);
    const whole = [...words(report, maxRows), ...picture].join('\n');
    if (whole.length <= maxLength) return whole;
    return words(report, 8).join('\n');
  },
};

function words(report: ChangeReport, rows: number): readonly string[] {
  const { changes, file, against, notes } = report;
  const of = (impact: Change['impact']): readonly Change[] =>
    changes.filter(
      (change) => change.impact === impact && change.cover === null,
    );
  const covered = changes.filter(({ cover }) => cover !== null);
  return [
    `## Design review: ${tallyText(tally(changes))}`,
    '',
    `${mdCode(file)} compared with ${mdCode(against)}.`,
    '',
    ...notes.flatMap((note) => [mdText(note), '']),
    ...section('Breaking', of('breaking'), rows),
    ...section('Risky', of('risky'), rows),
    ...coveredSection(covered, rows),
    ...proofs([...of('breaking'), ...of('risky'), ...covered]),
    ...safeSection(of('safe'), rows),
  ];
}

function section(
  title: string,
  changes: readonly Change[],
  rows: number,
): readonly string[] {
  if (changes.length === 0) return [];
  const sorted = changes.toSorted((left, right) =>
    who(left) < who(right) ? -1 : who(left) > who(right) ? 1 : 0,
  );
  return [
    `### ${title}`,
    '',
    '| Who | What | What to do |',
    '| --- | --- | --- |',
    ...sorted
      .slice(0, rows)
      .map(
        (change) =>
          `| ${mdCell(who(change))} | ${mdCell(change.message)}<br>${mdCellCode(change.code)} | ${mdCell(change.hint ?? '')} |`,
      ),
    ...more(changes.length - rows),
    '',
  ];
}

const who = (change: Change): string => whoBreaks(change).join('; ') || '–';

const more = (count: number): readonly string[] =>
  count > 0 ? ['', `… and ${count} more.`] : [];

function coveredSection(
  changes: readonly Change[],
  rows: number,
): readonly string[] {
  if (changes.length === 0) return [];
  return [
    '### Covered',
    '',
    '| What | Why it may |',
    '| --- | --- |',
    ...changes
      .slice(0, rows)
      .map(
        ({ message, code, cover }) =>
          `| ${mdCell(message)}<br>${mdCellCode(code)} | ${mdCell(`${cover?.by ?? ''}: ${cover?.reason ?? ''}`)} |`,
      ),
    ...more(changes.length - rows),
    '',
  ];
}

function proofs(changes: readonly Change[]): readonly string[] {
  const shown = changes.flatMap((change) =>
    change.proof !== null && 'payload' in change.proof
      ? [{ ...change, proof: change.proof }]
      : [],
  );
  if (shown.length === 0) return [];
  return [
    '<details><summary>Payloads that show it</summary>',
    '',
    ...shown
      .slice(0, maxProofs)
      .flatMap(({ message, proof: { payload, writer, reader } }) => [
        mdText(message),
        '',
        `Written by ${mdText(writer)}, refused by ${mdText(reader)}:`,
        '',
        mdFence('json', shortened(JSON.stringify(payload, null, 2))),
        '',
      ]),
    ...more(shown.length - maxProofs),
    '</details>',
    '',
  ];
}

const shortened = (text: string): string =>
  text.length <= maxProofLength ? text : `${text.slice(0, maxProofLength)}\n…`;

function safeSection(
  changes: readonly Change[],
  rows: number,
): readonly string[] {
  if (changes.length === 0) return [];
  const count = changes.length;
  return [
    `<details><summary>${count} safe ${count === 1 ? 'change' : 'changes'}</summary>`,
    '',
    ...changes.slice(0, rows).map(({ message }) => `- ${mdText(message)}`),
    ...more(count - rows),
    '',
    '</details>',
    '',
  ];
}

function drawing(report: ChangeReport): readonly string[] {
  const picture = drawChanges(report);
  if (picture === null) return [];
  return [
    '### What changed',
    '',
    '```mermaid',
    picture.trimEnd(),
    '```',
    '',
    'Green is new, red and dashed is gone, yellow is changed.',
    '',
  ];
}
