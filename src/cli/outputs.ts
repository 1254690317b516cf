// The outputs of one run: one format to standard output, others to files, a summary appended where it is wanted.
import { appendFileSync, writeFileSync } from 'node:fs';
import { HostError } from '../core/host.ts';
import { reasonOf } from '../host/node-host.ts';
import { unknownChoice } from './spec-input.ts';
import { wantsColour, type Terminal } from './terminal.ts';

/** `name` or `name=file`; a null file is standard output. */
export interface OutputChoice {
  readonly name: string;
  readonly file: string | null;
}

/** Reads `--format`, repeated. Throws: `HostError` for an unknown name or two formats on standard output. */
export function outputChoices(
  values: readonly string[],
  known: readonly string[],
): readonly OutputChoice[] {
  const choices = values.map((value): OutputChoice => {
    const at = value.indexOf('=');
    const name = at < 0 ? value : value.slice(0, at);
    const file = at < 0 ? null : value.slice(at + 1);
    if (!known.includes(name))
      throw new HostError(unknownChoice('--format', name, known));
    if (file === '')
      throw new HostError(`--format ${name}= names no file to write`);
    return { name, file };
  });
  if (choices.filter(({ file }) => file === null).length > 1)
    throw new HostError(
      'only one format can go to standard output: write the others as --format name=file',
    );
  return choices;
}

/** Prints each format where it is to go. `print` gets whether colour is wanted. Throws: `HostError` when a file cannot be written. */
export function writeOutputs(
  choices: readonly OutputChoice[],
  print: (name: string, isColoured: boolean) => string,
  terminal: Terminal,
): void {
  for (const { name, file } of choices) {
    if (file === null) {
      const isColoured = wantsColour(terminal.isOutTty, terminal.env);
      terminal.out(print(name, isColoured));
    } else {
      const text = print(name, false);
      onDisk(file, () => writeFileSync(file, text));
    }
  }
}

/** Appends a text to a file, as the summary of a step in GitHub Actions has to be. Throws: `HostError`. */
export function appendOutput(file: string, text: string): void {
  onDisk(file, () => appendFileSync(file, text));
}

function onDisk(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new HostError(`cannot write "${file}": ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
