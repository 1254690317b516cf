// One run of `format`: each file on its own, written only when it changes.
import { HostError } from '../../../core/host.ts';
import { unifiedDiff } from '../../../fix/unified-diff.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { replaceFile } from '../../../host/replace-file.ts';
import { formatSource } from '../../../syntax/format-source.ts';
import { specSource } from '../../spec-input.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import type { FormatOptions } from './options.ts';
import { specKeyOrder } from './key-order.ts';

/** Formats specs. Exit code 1 with `--check` when one is not formatted. Throws: `HostError` for a file that is not YAML. */
export async function formatSpecs(
  specs: readonly string[],
  options: FormatOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const order = specKeyOrder();
  let changed = 0;
  for (const spec of specs.length === 0 ? [undefined] : specs) {
    const { file, text } = await specSource(spec, terminal);
    const before = text ?? nodeHost().readText(file);
    const result = formatSource(before, order);
    if ('problem' in result)
      throw new HostError(`cannot format "${file}": ${result.problem}`);
    if (result.text !== before) changed += 1;
    output(
      { file, before, after: result.text, isInput: text !== undefined },
      { options, terminal },
    );
  }
  return options.check === true && changed > 0
    ? exitCodes.findings
    : exitCodes.clean;
}

interface FormattedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly isInput: boolean;
}

function output(
  { file, before, after, isInput }: FormattedFile,
  {
    options,
    terminal,
  }: { readonly options: FormatOptions; readonly terminal: Terminal },
): void {
  if (options.check === true) {
    if (before !== after) terminal.out(`${file} is not formatted\n`);
  } else if (options.dryRun === true)
    terminal.out(unifiedDiff(file, before, after));
  else if (isInput) terminal.out(after);
  else if (before !== after) {
    replaceFile(file, after);
    terminal.out(`formatted ${file}\n`);
  }
}
