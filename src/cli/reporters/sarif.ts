// Findings as SARIF 2.1.0 (OASIS): the rules that results name, then the results, those that are held back as suppressed.
import type { Diagnostic, Severity } from '../../core/diagnostic.ts';
import { segmentsOf } from '../../core/pointer.ts';
import { pascalCase } from '../../core/text.ts';
import type { HeldFinding } from '../../policy/held-finding.ts';
import {
  declaredDiagnostics,
  type DeclaredDiagnostic,
} from '../../pipeline/catalogues.ts';
import { fingerprints } from './fingerprint.ts';
import { reportedPlace, type ReportedPlace } from './place.ts';
import { wellFormed } from './printable.ts';
import type { Findings, Lines, Reporter } from './reporter.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** Prints one SARIF log with one run, also when there are no results. */
export const sarif: Reporter = {
  name: 'sarif',
  summary: 'SARIF 2.1.0, what is held back as suppressed results',
  print: (findings) => `${JSON.stringify(log(findings), null, 2)}\n`,
};

function log(findings: Findings): object {
  const { files, toolVersion, lines } = findings;
  const results = resultsIn(findings);
  const named = new Set(results.map(({ finding }) => finding.code));
  const declared = declaredDiagnostics().filter(({ code }) => named.has(code));
  const indexOf = new Map(declared.map(({ code }, index) => [code, index]));
  const keys = fingerprints(results.map(({ finding }) => finding));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'event-arch',
            version: toolVersion,
            semanticVersion: toolVersion,
            rules: declared.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map((file) => ({ location: { uri: uriOf(file) } })),
        results: results.map(({ finding, suppressions }, index) => ({
          ...resultOf(finding, {
            lines,
            ruleIndex: indexOf.get(finding.code) ?? -1,
            fingerprint: keys[index] ?? '',
          }),
          ...(suppressions !== null && { suppressions }),
        })),
      },
    ],
  };
}

interface Result {
  readonly finding: Diagnostic;
  /** Null when nobody asked whether anything is held back: then no result of the run may have any (section 3.27.23). */
  readonly suppressions: readonly object[] | null;
}

/** What is told first, so that its keys are the same with and without what is held back. */
function resultsIn({
  diagnostics,
  heldBack,
  lines,
}: Findings): readonly Result[] {
  const suppressed =
    (kind: 'inSource' | 'external') =>
    (finding: HeldFinding): Result => {
      const { reason, location } = finding.heldBy;
      const suppression = {
        kind,
        status: 'accepted',
        justification: reason ?? `known to the baseline ${location.file}`,
        location: physical(reportedPlace(location, lines)),
      };
      return { finding, suppressions: [suppression] };
    };
  const suppressions = heldBack === undefined ? null : [];
  return [
    ...diagnostics.map((finding): Result => ({ finding, suppressions })),
    ...(heldBack?.ignored ?? []).map(suppressed('inSource')),
    ...(heldBack?.known ?? []).map(suppressed('external')),
  ];
}

function ruleOf({
  code,
  stage,
  severity,
  message,
  hint,
  why,
}: DeclaredDiagnostic): object {
  const advice =
    hint === null || /^\{\w+\}$/.test(hint) ? '' : ` ${template(hint)}`;
  return {
    id: code,
    name: pascalCase(code),
    shortDescription: { text: `${template(message)}.` },
    fullDescription: { text: why },
    help: {
      text: `${why}${advice}`,
      markdown: `**${code}** — ${escapeMarkdown(template(message))}.\n\n${escapeMarkdown(why)}${escapeMarkdown(advice)}\n`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: [stage],
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  };
}

/** Outside a finding the placeholders have no values: their names stand for them. */
const template = (text: string): string =>
  text.replaceAll(/\{(\w+)\}/g, '<$1>');

const escapeMarkdown = (text: string): string =>
  text.replaceAll(/[\\`*_<>[\]#|~]/g, (char) => `\\${char}`);

function resultOf(
  diagnostic: Diagnostic,
  from: {
    readonly lines: Lines;
    readonly ruleIndex: number;
    readonly fingerprint: string;
  },
): object {
  const { code, severity, message, hint, pointer, location, related } =
    diagnostic;
  const words = hint === null ? message : `${message}. ${hint}`;
  const place = reportedPlace(location, from.lines);
  const others = related.map((other, id) => ({
    id,
    message: { text: plainText(other.message) },
    ...physical(reportedPlace(other.location, from.lines)),
  }));
  return {
    ruleId: code,
    ruleIndex: from.ruleIndex,
    level: levels[severity],
    message: { text: plainText(words) },
    locations: [
      {
        ...physical(place),
        logicalLocations: [
          {
            name: segmentsOf(pointer).at(-1) ?? 'spec',
            fullyQualifiedName: pointer === '' ? '/' : pointer,
            kind: 'member',
          },
        ],
      },
    ],
    ...(others.length > 0 && { relatedLocations: others }),
    partialFingerprints: { 'ruleAndModelPlace/v1': from.fingerprint },
  };
}

function physical(place: ReportedPlace | null): object {
  if (place === null) return {};
  const { file, span } = place;
  const region =
    span === null
      ? {}
      : {
          region: {
            startLine: span.start.line,
            startColumn: span.start.column,
            endLine: span.end.line,
            endColumn: span.end.column,
          },
        };
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region },
  };
}

/** In a SARIF message `[text](1)` is a link to a related location; a bracket of the author's is escaped (section 3.11.6). */
const plainText = (text: string): string =>
  text.includes('](') ? text.replaceAll(/[[\]]/g, (char) => `\\${char}`) : text;

/** Writes a path as a URI reference; one from the root, or of a Windows drive, becomes a `file:` URI. */
function uriOf(file: string): string {
  const path = wellFormed(file)
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(path))
    return `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}
