// Which spec a command works on: a file, standard input, or the usual name in this folder.
import { existsSync, statSync } from 'node:fs';
import { HostError } from '../core/host.ts';
import { readNamedText } from '../host/node-host.ts';
import { nearest, quotedList } from '../core/text.ts';
import type { SpecSource } from '../pipeline/check-spec.ts';
import type { Terminal } from './terminal.ts';

/** Names that a spec is looked for under when none is given. */
export const usualNames = ['event-arch.yaml', 'event-arch.yml'] as const;

/** Reads where a spec comes from; `-` is standard input. Throws: `HostError` when there is none. */
export async function specSource(
  file: string | undefined,
  terminal: Terminal,
): Promise<SpecSource> {
  if (file === '-')
    return { file: '<stdin>', text: await terminal.readInput() };
  if (file !== undefined)
    return isPipe(file) ? { file, text: readNamedText(file) } : { file };
  const found = usualNames.find((name) => existsSync(name));
  if (found !== undefined) return { file: found };
  throw new HostError(
    `there is no spec: name one, or write ${quotedList(usualNames, 'or')} here (event-arch init does)`,
  );
}

/** A shell's `<(command)`, or a named pipe: it can be read once only. */
const isPipe = (file: string): boolean => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
};

/** Words an unknown value of an option, with the nearest known one. */
export function unknownChoice(
  option: string,
  value: string,
  known: readonly string[],
): string {
  const near = nearest(value, known);
  const advice = near === null ? '' : ` Did you mean "${near}"?`;
  return `"${value}" is not a value of ${option}.${advice} It takes ${quotedList(known, 'or')}.`;
}

/** The values of an option that takes several, divided by commas. */
export const divided = (values: readonly string[]): readonly string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
