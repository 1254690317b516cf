// Findings for tests of reporters, of real checks or made up.
import * as fc from 'fast-check';
import type { Diagnostic } from '../core/diagnostic.ts';
import { lineIndex } from '../core/line-index.ts';
import type { Findings } from '../cli/reporters/reporter.ts';
import { checkSpec } from '../pipeline/check-spec.ts';
import { hostileText } from './hostile-text.ts';
import { readFixture } from './load-model.ts';
import { memoryHost } from './memory-host.ts';

/** Checks a fixture under `fixtures/cli/reporters` by the name that a user would give it. */
export function findingsOf(name: string): Findings {
  const source = readFixture('cli', 'reporters', name);
  const { diagnostics } = checkSpec(memoryHost({}), {
    file: name,
    text: source,
  });
  return findingsIn(name, source, diagnostics);
}

/** Makes findings of one file, without colour. */
export function findingsIn(
  file: string,
  source: string,
  diagnostics: readonly Diagnostic[],
): Findings {
  const index = lineIndex(source);
  return {
    diagnostics,
    lines: (name) => (name === file ? index : null),
    files: [file],
    toolVersion: '0.0.0',
    isColoured: false,
  };
}

/** Findings with nothing to say about one file. */
export const noFindings: Findings = findingsIn(
  'shop.yaml',
  'eventArch: 1\n',
  [],
);

/** Makes findings whose every text is hostile, in a source that is. */
export function hostileFindings(): fc.Arbitrary<Findings> {
  const text = hostileText();
  return fc
    .record({
      file: text,
      source: text,
      hints: fc.array(text, { maxLength: 4 }),
    })
    .chain(({ file, source, hints }) => {
      const range = fc
        .tuple(fc.nat(source.length + 1), fc.nat(source.length + 1))
        .map(([left, right]) => ({
          start: Math.min(left, right),
          end: Math.max(left, right),
        }));
      const location = fc.option(
        fc.record({
          file: fc.constantFrom(file, 'other.yaml'),
          range: fc.option(range),
        }),
      );
      const related = fc.record({ message: text, pointer: text, location });
      const diagnostic: fc.Arbitrary<Diagnostic> = fc.record({
        code: fc.constantFrom('schema/unknown-property', 'made/up'),
        severity: fc.constantFrom('error', 'warning', 'info'),
        message: text,
        pointer: text.map((word) => `/${word}`),
        at: fc.constantFrom('key', 'value'),
        location,
        hint: fc.option(fc.constantFrom('Do it.', ...hints)),
        related: fc.array(related, { maxLength: 2 }),
      });
      return fc
        .array(diagnostic, { maxLength: 4 })
        .map((diagnostics) => findingsIn(file, source, diagnostics));
    });
}
