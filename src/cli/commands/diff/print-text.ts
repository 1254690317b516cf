// Changes for people: what breaks whom, why, with a payload that shows it.
import type { Change } from '../../../changes/change.ts';
import { placeText, reportedPlace } from '../../reporters/place.ts';
import { printable } from '../../reporters/printable.ts';
import {
  tally,
  tallyText,
  whoBreaks,
  type ChangePrinter,
  type ChangeReport,
} from './change-report.ts';

// Select Graphic Rendition codes (ECMA-48).
const colours = { breaking: 31, risky: 33, safe: 34, covered: 32 } as const;

/** Prints breaking and risky changes with everything known of them, safe ones on a line each, then a line that counts. */
export const text: ChangePrinter = {
  name: 'text',
  print: (report) => {
    const { changes, file, against, notes } = report;
    const blocks = changes.map((change, index) => block(change, index, report));
    const counts = tally(changes);
    return [
      ...notes.map((note) => `${printable(note)}\n`),
      ...blocks,
      `${tallyText(counts)} from ${printable(against)} to ${printable(file)}\n`,
    ].join('\n');
  },
};

function block(change: Change, index: number, report: ChangeReport): string {
  const { impact, cover, code, message } = change;
  const word = cover === null ? impact : `${impact}, covered`;
  const colour = cover === null ? colours[impact] : colours.covered;
  const place = placeIn(index, report);
  const head = `${painted(report, colour, word)} ${painted(report, 2, code)}${place}`;
  return `${[head, `  ${printable(message)}`, ...facts(change)].join('\n')}\n`;
}

function placeIn(index: number, { diagnostics, lines }: ChangeReport): string {
  const place = reportedPlace(diagnostics[index]?.location ?? null, lines);
  return place === null ? '' : ` ${printable(placeText(place))}`;
}

function facts(change: Change): readonly string[] {
  const { why, hint, proof, cover, impact } = change;
  const who = whoBreaks(change);
  const told = [
    ...(who.length > 0
      ? [
          `  ${impact === 'breaking' ? 'breaks' : 'concerns'} ${printable(who.join('; '))}`,
        ]
      : []),
    ...(impact === 'safe' ? [] : [`  why    ${printable(why)}`]),
  ];
  if (proof !== null)
    told.push(
      'payload' in proof
        ? `  proof  ${printable(JSON.stringify(proof.payload))}\n         written by ${printable(proof.writer)}, refused by ${printable(proof.reader)}`
        : `  proof  none: ${printable(proof.missing)}`,
    );
  if (cover !== null)
    return [
      ...told,
      `  covered by its ${cover.by}: ${printable(cover.reason)}`,
    ];
  return hint === null ? told : [...told, `  hint   ${printable(hint)}`];
}

const painted = (
  { isColoured }: ChangeReport,
  code: number,
  words: string,
): string => (isColoured ? `\u001b[${code}m${words}\u001b[0m` : words);
