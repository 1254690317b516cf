// What a reporter is: a pure function from findings to the text of one format.
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { LineIndex } from '../../core/line-index.ts';
import type { HeldFinding } from '../../policy/held-finding.ts';

/** Lines of a file that diagnostics speak of; null when its text is not at hand. */
export type Lines = (file: string) => LineIndex | null;

export interface Findings {
  /** Invariant: sorted by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: Lines;
  /** Files that were checked, also those without findings, as the user named them. */
  readonly files: readonly string[];
  /** Findings that are not told, since comments ignore them or the baseline knows them; not looked for when absent. */
  readonly heldBack?: {
    readonly ignored: readonly HeldFinding[];
    readonly known: readonly HeldFinding[];
  };
  readonly toolVersion: string;
  readonly isColoured: boolean;
}

export interface Reporter {
  /** Value of `--format`. */
  readonly name: string;
  readonly summary: string;
  /** Valid in its format also when there is nothing to say; ends with a newline unless empty. */
  readonly print: (findings: Findings) => string;
}
