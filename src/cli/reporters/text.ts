// Findings for people: what, where in the source, and what to do.
import type { Diagnostic, Severity } from '../../core/diagnostic.ts';
import { joinAlike } from '../../core/join-alike.ts';
import { counted } from '../../core/text.ts';
import { codeFrame } from './code-frame.ts';
import { placeText, reportedPlace } from './place.ts';
import { printable } from './printable.ts';
import type { Findings, Reporter } from './reporter.ts';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green' | 'cyan';
type Paint = (style: Style, text: string) => string;

// Select Graphic Rendition codes (ECMA-48).
const codes: Readonly<Record<Style, number>> = {
  bold: 1,
  dim: 2,
  red: 31,
  yellow: 33,
  blue: 34,
  green: 32,
  cyan: 36,
};
const colourOf: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
};

/** Prints code frames with marks, related places and hints, then a line that counts. */
export const text: Reporter = {
  name: 'text',
  summary: 'for people: code frames, hints and a summary',
  print: (single) => {
    const findings = {
      ...single,
      diagnostics: joinAlike(single.diagnostics),
    };
    const paint: Paint = findings.isColoured
      ? (style, words) => `\u001b[${codes[style]}m${words}\u001b[0m`
      : (_style, words) => words;
    const blocks = findings.diagnostics.map((diagnostic) =>
      block(diagnostic, findings, paint),
    );
    return [...blocks, summary(findings, paint)].join('\n');
  },
};

function block(
  diagnostic: Diagnostic,
  { lines }: Findings,
  paint: Paint,
): string {
  const { severity, code, message, hint, location, related } = diagnostic;
  const place = reportedPlace(location, lines);
  const where =
    place === null ? '' : `${paint('bold', printable(placeText(place)))} `;
  const head = `${where}${paint(colourOf[severity], severity)} ${paint('dim', code)}`;
  const out = [head, `  ${printable(message)}`];
  const index = location === null ? null : lines(location.file);
  if (place?.span != null && index !== null) {
    const frame = codeFrame(index, place.span);
    out.push(`\n${frameLines(frame, paint, severity).join('\n')}\n`);
  }
  for (const other of related) {
    const at = reportedPlace(other.location, lines);
    const there = at === null ? '' : `${printable(placeText(at))}: `;
    out.push(`  ${paint('cyan', 'see')} ${there}${printable(other.message)}`);
  }
  if (hint !== null) out.push(`  ${paint('green', 'hint')} ${printable(hint)}`);
  return `${out.join('\n')}\n`;
}

function frameLines(
  { lines, gutter }: ReturnType<typeof codeFrame>,
  paint: Paint,
  severity: Severity,
): readonly string[] {
  return lines.map(({ number, text: words }) => {
    const label = (number === null ? '' : String(number)).padStart(gutter);
    const body = number === null ? paint(colourOf[severity], words) : words;
    return `  ${paint('dim', `${label} |`)}${body === '' ? '' : ` ${body}`}`;
  });
}

function summary(findings: Findings, paint: Paint): string {
  const { diagnostics, files } = findings;
  const only = files.length === 1 ? files[0] : undefined;
  const where =
    (only === undefined ? counted(files.length, 'file') : printable(only)) +
    heldBackWords(findings);
  if (diagnostics.length === 0)
    return `${paint('green', 'No problems')} in ${where}\n`;
  const count = (severity: Severity): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const parts = [
    { severity: 'error', words: counted(count('error'), 'error') },
    { severity: 'warning', words: counted(count('warning'), 'warning') },
    { severity: 'info', words: counted(count('info'), 'remark') },
  ] as const;
  const told = parts
    .filter(({ severity }) => count(severity) > 0)
    .map(({ severity, words }) => paint(colourOf[severity], words));
  return `${told.join(', ')} in ${where}\n`;
}

/** What was not told, so that silence is not taken for nothing being there. */
function heldBackWords({ heldBack }: Findings): string {
  const known = heldBack?.known.length ?? 0;
  const ignored = heldBack?.ignored.length ?? 0;
  const parts = [
    ...(known > 0 ? [`${known} held back by the baseline`] : []),
    ...(ignored > 0 ? [`${ignored} ignored by comments`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
