// Findings for programs. The shape is documented in docs/formats.md and only ever grows within one `version`.
import type { Diagnostic, Location, Severity } from '../../core/diagnostic.ts';
import { reportedPlace, type Span } from './place.ts';
import type { Findings, Lines, Reporter } from './reporter.ts';

interface JsonPlace {
  readonly file: string | null;
  readonly start: Span['start'] | null;
  /** The position after the last character. */
  readonly end: Span['end'] | null;
}

/** Prints one JSON document, with lines and columns counted from 1. */
export const json: Reporter = {
  name: 'json',
  summary: 'for programs: one JSON document',
  print: (findings) => `${JSON.stringify(report(findings), null, 2)}\n`,
};

function report({
  diagnostics,
  files,
  heldBack,
  lines,
  toolVersion,
}: Findings): object {
  const count = (severity: Severity): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return {
    version: 1,
    tool: { name: 'event-arch', version: toolVersion },
    files,
    summary: {
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      ignored: heldBack?.ignored.length ?? 0,
      baseline: heldBack?.known.length ?? 0,
    },
    diagnostics: diagnostics.map((diagnostic) => entry(diagnostic, lines)),
  };
}

function entry(diagnostic: Diagnostic, lines: Lines): object {
  const { code, severity, message, hint, pointer, location } = diagnostic;
  return {
    code,
    severity,
    message,
    hint,
    ...placed(location, lines),
    pointer,
    related: diagnostic.related.map((related) => ({
      message: related.message,
      ...placed(related.location, lines),
      pointer: related.pointer,
    })),
  };
}

function placed(location: Location | null, lines: Lines): JsonPlace {
  const place = reportedPlace(location, lines);
  return {
    file: place?.file ?? null,
    start: place?.span?.start ?? null,
    end: place?.span?.end ?? null,
  };
}
