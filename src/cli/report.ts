// Findings to the formats asked for: one to standard output, others to files.
import { writeFileSync } from 'node:fs';
import { HostError } from '../core/host.ts';
import { severityRank, type Diagnostic } from '../core/diagnostic.ts';
import { lineIndex, type LineIndex } from '../core/line-index.ts';
import { reasonOf } from '../host/node-host.ts';
import type { HeldBack } from '../pipeline/check-spec.ts';
import type { SourceSet } from '../pipeline/source-set.ts';
import type { FailOn } from '../policy/read-config.ts';
import { reporters } from './reporters/index.ts';
import type { Findings, Reporter } from './reporters/reporter.ts';
import { wantsColour, type Terminal } from './terminal.ts';
import { toolVersion } from './version.ts';
import { unknownChoice } from './spec-input.ts';

export interface FormatChoice {
  readonly reporter: Reporter;
  /** Null prints to standard output. */
  readonly file: string | null;
}

/** Reads `--format name` or `name=file`, repeated. Throws: `HostError` for an unknown name or two formats on standard output. */
export function formatOption(
  values: readonly string[],
): readonly FormatChoice[] {
  const choices = values.map((value): FormatChoice => {
    const [name = '', ...rest] = value.split('=');
    const reporter = reporters.find((candidate) => candidate.name === name);
    if (reporter === undefined) {
      throw new HostError(
        unknownChoice(
          '--format',
          name,
          reporters.map((candidate) => candidate.name),
        ),
      );
    }
    return { reporter, file: rest.length === 0 ? null : rest.join('=') };
  });
  if (choices.filter(({ file }) => file === null).length > 1) {
    throw new HostError(
      'only one format can go to standard output: write the others as --format name=file',
    );
  }
  return choices;
}

export interface Checked {
  readonly file: string;
  readonly sources: SourceSet;
  readonly diagnostics: readonly Diagnostic[];
  /** Other files that are spoken of, such as the configuration. */
  readonly texts?: readonly { readonly file: string; readonly text: string }[];
  readonly heldBack?: HeldBack;
}

/** Prints findings in every format asked for. Throws: `HostError` when a file cannot be written. */
export function report(
  checked: readonly Checked[],
  choices: readonly FormatChoice[],
  terminal: Terminal,
): void {
  for (const { reporter, file } of choices) {
    if (file === null) {
      terminal.out(
        reporter.print(
          findingsOf(checked, wantsColour(terminal.isOutTty, terminal.env)),
        ),
      );
      continue;
    }
    try {
      writeFileSync(file, reporter.print(findingsOf(checked, false)));
    } catch (error) {
      throw new HostError(`cannot write "${file}": ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }
}

/** Puts the findings of several specs together, as reporters take them. */
export function findingsOf(
  checked: readonly Checked[],
  isColoured: boolean,
): Findings {
  const indexes = new Map<string, LineIndex>();
  for (const { sources, texts = [] } of checked)
    for (const { file, text } of [...sources.documents, ...texts])
      indexes.set(file, lineIndex(text));
  return {
    diagnostics: checked.flatMap(({ diagnostics }) => diagnostics),
    lines: (file) => indexes.get(file) ?? null,
    files: [
      ...new Set(
        checked.flatMap(({ file, sources }) => [
          file,
          ...sources.documents.map((document) => document.file),
        ]),
      ),
    ],
    heldBack: {
      ignored: checked.flatMap(({ heldBack }) => heldBack?.ignored ?? []),
      known: checked.flatMap(({ heldBack }) => heldBack?.known ?? []),
    },
    toolVersion,
    isColoured,
  };
}

/** Tells whether a finding is as severe as the level that fails a run; `never` never fails. */
export function failsAt(
  level: FailOn,
  diagnostics: readonly Diagnostic[],
): boolean {
  return (
    level !== 'never' &&
    diagnostics.some(
      ({ severity }) => severityRank(severity) >= severityRank(level),
    )
  );
}
