// Findings as a JUnit report: one suite per file, one test case per finding.
import type { Diagnostic } from '../../core/diagnostic.ts';
import { placeText, reportedPlace } from './place.ts';
import type { Findings, Lines, Reporter } from './reporter.ts';

/** Prints JUnit XML; a file without findings is one passing test case. */
export const junit: Reporter = {
  name: 'junit',
  summary: 'JUnit XML, for test reports',
  print: (findings) => {
    const suites = suitesOf(findings);
    const cases = suites.reduce(
      (sum, suite) => sum + Math.max(1, suite.diagnostics.length),
      0,
    );
    const failures = findings.diagnostics.filter(isFailure).length;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributes({ name: 'event-arch', tests: cases, failures, errors: 0 })}>`,
      ...suites.flatMap((suite) => suiteLines(suite, findings.lines)),
      '</testsuites>',
      '',
    ].join('\n');
  },
};

interface Suite {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A finding without a place belongs to the first file that was checked. */
function suitesOf({ files, diagnostics }: Findings): readonly Suite[] {
  const fallback = files[0] ?? 'spec';
  const byFile = new Map<string, Diagnostic[]>(files.map((file) => [file, []]));
  for (const diagnostic of diagnostics) {
    const file = diagnostic.location?.file ?? fallback;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [diagnostic]);
    else known.push(diagnostic);
  }
  return [...byFile].map(([file, own]) => ({ file, diagnostics: own }));
}

function suiteLines(
  { file, diagnostics }: Suite,
  lines: Lines,
): readonly string[] {
  const failures = diagnostics.filter(isFailure).length;
  const counts = {
    tests: Math.max(1, diagnostics.length),
    failures,
    errors: 0,
  };
  const cases =
    diagnostics.length === 0
      ? [
          `    <testcase${attributes({ name: 'no problems', classname: file })}/>`,
        ]
      : diagnostics.flatMap((diagnostic) => caseLines(diagnostic, file, lines));
  return [
    `  <testsuite${attributes({ name: file, ...counts })}>`,
    ...cases,
    '  </testsuite>',
  ];
}

/** A remark is no failure: it is told as the output of a passing case. */
const isFailure = ({ severity }: Diagnostic): boolean => severity !== 'info';

function caseLines(
  diagnostic: Diagnostic,
  file: string,
  lines: Lines,
): readonly string[] {
  const { code, severity, message, hint, location, related } = diagnostic;
  const place = reportedPlace(location, lines);
  const where = place === null ? file : placeText(place);
  const others = related.map((other) => {
    const there = reportedPlace(other.location, lines);
    return there === null
      ? other.message
      : `${placeText(there)}: ${other.message}`;
  });
  const body = escapeXml(
    [`${where}: ${message}`, ...others, ...(hint === null ? [] : [hint])].join(
      '\n',
    ),
  );
  const head = attributes({
    name:
      place?.span == null
        ? code
        : `${code} at ${place.span.start.line}:${place.span.start.column}`,
    classname: file,
  });
  const told = isFailure(diagnostic)
    ? `<failure${attributes({ type: severity, message })}>${body}</failure>`
    : `<system-out>${body}</system-out>`;
  return [`    <testcase${head}>`, `      ${told}`, '    </testcase>'];
}

const attributes = (
  values: Readonly<Record<string, string | number>>,
): string =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('');

// What the production Char of XML 1.0 leaves out: it may not stand in a document even as a reference.
const forbidden =
  // oxlint-disable-next-line no-control-regex -- these are what has to go
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escapeXml = (text: string): string =>
  text
    .replaceAll(forbidden, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('\r', '&#13;');
