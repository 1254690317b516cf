// Findings as messages of a run whose result is something else.
import type { CheckedSpec } from '../pipeline/check-spec.ts';
import type { CheckedWithTexts } from './review/check-under-config.ts';
import { text } from './reporters/text.ts';
import type { Terminal } from './terminal.ts';
import { report } from './report.ts';

/** Prints findings as text to standard error, nothing when there are none. */
export function tellFindings(
  file: string,
  checked: Pick<CheckedSpec, 'sources' | 'diagnostics'> &
    Partial<Pick<CheckedWithTexts, 'texts' | 'heldBack'>>,
  terminal: Terminal,
): void {
  if (checked.diagnostics.length === 0) return;
  const toErr: Terminal = {
    ...terminal,
    out: terminal.err,
    isOutTty: terminal.isErrTty,
  };
  report([{ file, ...checked }], [{ reporter: text, file: null }], toErr);
}

/** Prints errors and warnings as text to standard error, and how many remarks there are beside them. */
export function tellProblems(
  file: string,
  checked: Pick<CheckedSpec, 'sources' | 'diagnostics'>,
  terminal: Terminal,
): void {
  const problems = checked.diagnostics.filter(
    ({ severity }) => severity !== 'info',
  );
  tellFindings(file, { ...checked, diagnostics: problems }, terminal);
  const remarks = checked.diagnostics.length - problems.length;
  if (remarks > 0)
    terminal.err(
      `${remarks} ${remarks === 1 ? 'remark' : 'remarks'} in ${file}: event-arch validate shows ${remarks === 1 ? 'it' : 'them'}\n`,
    );
}
