// Changes for programs. The shape is documented in docs/formats.md and only ever grows within one `version`.
import { reportedPlace } from '../../reporters/place.ts';
import {
  tally,
  type ChangePrinter,
  type ChangeReport,
} from './change-report.ts';

/** Prints one JSON document. */
export const json: ChangePrinter = {
  name: 'json',
  print: (report) => `${JSON.stringify(document(report), null, 2)}\n`,
};

function document(report: ChangeReport): object {
  const { file, against, notes, changes, unused, toolVersion } = report;
  return {
    version: 1,
    tool: { name: 'event-arch', version: toolVersion },
    file,
    against,
    notes,
    summary: tally(changes),
    changes: changes.map((change, index) => {
      const { code, impact, message, why, hint, subject, pointer } = change;
      return {
        code,
        impact,
        message,
        why,
        hint,
        subject,
        breaks: change.breaks,
        witness: change.proof,
        covered: change.cover,
        pointer,
        ...placed(report, index),
      };
    }),
    unusedReasons: unused.map(({ message, hint }) => ({ message, hint })),
  };
}

/** Where the change of an index stands in the new design. */
function placed({ diagnostics, lines }: ChangeReport, index: number): object {
  const place = reportedPlace(diagnostics[index]?.location ?? null, lines);
  const { file, span } = place ?? { file: null, span: null };
  return { file, start: span?.start ?? null, end: span?.end ?? null };
}
