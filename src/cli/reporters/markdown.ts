// Findings as a summary in GitHub's Markdown, for a pull request or the page of a step.
import type { Diagnostic, Severity } from '../../core/diagnostic.ts';
import { joinAlike } from '../../core/join-alike.ts';
import { counted } from '../../core/text.ts';
import { mdCell, mdCellCode } from '../../render/escape-markdown.ts';
import { placeText, reportedPlace } from './place.ts';
import type { Lines, Reporter } from './reporter.ts';

/** Rows before the rest is only counted; GitHub takes 65,536 characters in a comment. */
const maxRows = 60;

const words: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'remark',
};

/** Prints a heading that counts, and a table when there is something to say. */
export const markdown: Reporter = {
  name: 'markdown',
  summary: 'a summary for a pull request',
  print: ({ diagnostics: single, lines, files }) => {
    const diagnostics = joinAlike(single);
    const where = counted(files.length, 'file');
    if (diagnostics.length === 0)
      return `## Design check: no problems in ${where}\n`;
    const counts = (['error', 'warning', 'info'] as const).flatMap(
      (severity) => {
        const found = diagnostics.filter((one) => one.severity === severity);
        return found.length === 0
          ? []
          : [counted(found.length, words[severity])];
      },
    );
    const left = diagnostics.length - maxRows;
    return [
      `## Design check: ${counts.join(', ')} in ${where}`,
      '',
      '| Where | What | What to do |',
      '| --- | --- | --- |',
      ...diagnostics.slice(0, maxRows).map((one) => row(one, lines)),
      ...(left > 0 ? ['', `… and ${left} more.`] : []),
      '',
    ].join('\n');
  },
};

function row(diagnostic: Diagnostic, lines: Lines): string {
  const { severity, code, message, hint, location } = diagnostic;
  const place = reportedPlace(location, lines);
  const where = mdCellCode(place === null ? '' : placeText(place));
  const what = `**${words[severity]}** ${mdCell(message)}<br>${mdCellCode(code)}`;
  return `| ${where} | ${what} | ${mdCell(hint ?? '')} |`;
}
