// What generate did, would do, or found to differ, in words.
import { counted } from '../../../core/text.ts';
import type { Change, ChangeKind } from '../../../host/write-plan.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import type { GenerateOptions } from './options.ts';

/** Prints changes for `--check`, `--dry-run` or a writing run, and gives the exit code of that. */
export function printChanges(
  changes: readonly Change[],
  options: GenerateOptions,
  terminal: Terminal,
): ExitCode {
  if (options.check === true) return printCheck(changes, options, terminal);
  return options.dryRun === true
    ? printDryRun(changes, options, terminal)
    : printWritten(changes, options, terminal);
}

const differences: Readonly<Partial<Record<ChangeKind, string>>> = {
  create: 'missing',
  update: 'stale',
  'keep-edited': 'edited by hand',
  remove: 'extra',
  'keep-orphan': 'extra, edited by hand',
};

function printCheck(
  changes: readonly Change[],
  { output }: GenerateOptions,
  terminal: Terminal,
): ExitCode {
  const told = changes.flatMap(({ kind, path }) => {
    const word = differences[kind];
    return word === undefined ? [] : [`${word}: ${output}/${path}\n`];
  });
  if (told.length === 0) {
    terminal.out(
      `${output} is what the spec yields (${counted(changes.length, 'file')})\n`,
    );
    return exitCodes.clean;
  }
  terminal.out(told.join(''));
  terminal.err(
    `${output} is not what the spec yields: ${counted(told.length, 'difference')}. Run "event-arch generate" and commit the result.\n`,
  );
  return exitCodes.findings;
}

const plans: Readonly<Partial<Record<ChangeKind, string>>> = {
  create: 'create',
  update: 'update',
  'keep-edited': 'keep (edited by hand)',
  remove: 'remove',
  'keep-orphan': 'keep (no longer generated, edited by hand)',
};

function printDryRun(
  changes: readonly Change[],
  { output }: GenerateOptions,
  terminal: Terminal,
): ExitCode {
  const told = changes.flatMap(({ kind, path }) => {
    const word = plans[kind];
    return word === undefined ? [] : [`${word}: ${output}/${path}\n`];
  });
  terminal.out(
    told.length === 0 ? `nothing to change in ${output}\n` : told.join(''),
  );
  return exitCodes.clean;
}

/** Where a reader of the folder begins. */
const entrance = 'ARCHITECTURE.md';

function printWritten(
  changes: readonly Change[],
  { output }: GenerateOptions,
  terminal: Terminal,
): ExitCode {
  const count = (kind: ChangeKind): number =>
    changes.filter((change) => change.kind === kind).length;
  const parts = [
    [count('create'), 'created'],
    [count('update'), 'updated'],
    [count('remove'), 'removed'],
    [count('unchanged'), 'unchanged'],
    [count('own'), 'yours, left alone'],
  ] as const;
  const told = parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`);
  terminal.out(
    `${output}: ${told.length === 0 ? 'nothing to write' : told.join(', ')}\n`,
  );
  if (changes.some(({ kind, path }) => kind === 'create' && path === entrance))
    terminal.err(`Read ${output}/${entrance} first.\n`);
  const kept = changes.filter(
    ({ kind }) => kind === 'keep-edited' || kind === 'keep-orphan',
  );
  for (const { path } of kept)
    terminal.err(
      `left as it is, because it was changed by hand: ${output}/${path}\n`,
    );
  if (kept.length === 0) return exitCodes.clean;
  terminal.err(
    'Move your changes into the spec or a template (--templates), or replace the files with --force.\n',
  );
  return exitCodes.findings;
}
