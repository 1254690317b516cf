// Findings as GitHub Actions workflow commands, which become annotations on the lines of a pull request.
// Form and escaping: github.com/actions/toolkit, packages/core/src/command.ts.
import type { Diagnostic, Severity } from '../../core/diagnostic.ts';
import { reportedPlace } from './place.ts';
import { printable } from './printable.ts';
import type { Lines, Reporter } from './reporter.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/** Prints one workflow command per finding, nothing when there is none. */
export const github: Reporter = {
  name: 'github',
  summary: 'annotations in GitHub Actions',
  print: ({ diagnostics, lines }) =>
    diagnostics.map((diagnostic) => `${command(diagnostic, lines)}\n`).join(''),
};

function command(diagnostic: Diagnostic, lines: Lines): string {
  const { severity, code, message, hint, related } = diagnostic;
  const properties: Readonly<Record<string, string | number>> = {
    ...placeOf(diagnostic, lines),
    title: code,
  };
  const written = Object.entries(properties)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  const others = related.map((other) => {
    const place = reportedPlace(other.location, lines);
    const line = place?.span === null ? '' : `:${place?.span.start.line}`;
    return place === null
      ? other.message
      : `${place.file}${line}: ${other.message}`;
  });
  const body = [message, ...others, ...(hint === null ? [] : [hint])];
  return `::${commands[severity]} ${written}::${escapeData(body.join('\n'))}`;
}

/** The runner drops the columns of a command whose range ends on another line, so they are not written then. */
function placeOf(
  { location }: Diagnostic,
  lines: Lines,
): Readonly<Record<string, string | number>> {
  const place = reportedPlace(location, lines);
  if (place === null) return {};
  const file = place.file.replaceAll('\\', '/');
  if (place.span === null) return { file };
  const { start, end } = place.span;
  const rows = { file, line: start.line, endLine: end.line };
  return start.line === end.line
    ? { ...rows, col: start.column, endColumn: end.column }
    : rows;
}

/** Escapes a message: `%` and line ends. Other control characters are written out, since the log shows them raw. */
function escapeData(text: string): string {
  return printable(text.replaceAll(/\r\n?/g, '\n'), 'keep-lines')
    .replaceAll('%', '%25')
    .replaceAll('\n', '%0A');
}

/** Escapes a property: as a message, and also `:` and `,`. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
