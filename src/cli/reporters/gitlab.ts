// Findings as a GitLab code quality report (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format").
import type { Severity } from '../../core/diagnostic.ts';
import { fingerprints } from './fingerprint.ts';
import { reportedPlace } from './place.ts';
import { printable } from './printable.ts';
import type { Reporter } from './reporter.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'major',
  warning: 'minor',
  info: 'info',
};

/** Prints the report's array, empty when there is nothing to say. */
export const gitlab: Reporter = {
  name: 'gitlab',
  summary: 'a GitLab code quality report',
  print: ({ diagnostics, lines, files }) => {
    const keys = fingerprints(diagnostics);
    const issues = diagnostics.map((diagnostic, index) => {
      const { code, severity, message, hint, location } = diagnostic;
      const { file, span } = reportedPlace(location, lines) ?? nowhere;
      const words = hint === null ? message : `${message}. ${hint}`;
      return {
        description: printable(words),
        check_name: code,
        fingerprint: keys[index],
        severity: severities[severity],
        location: {
          // The report asks for a path and a line, also of what has none.
          path: relative(file ?? files[0] ?? 'spec'),
          lines: {
            begin: span?.start.line ?? 1,
            end: span?.end.line ?? 1,
          },
        },
      };
    });
    return `${JSON.stringify(issues, null, 2)}\n`;
  },
};

const nowhere = { file: null, span: null };

/** GitLab matches paths only without a leading `./`. */
const relative = (file: string): string =>
  file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
