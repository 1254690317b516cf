// One run of `add`: read the entry, edit the texts, check the whole, then write, or show what would be written.
import { HostError } from '../../../core/host.ts';
import { unifiedDiff } from '../../../fix/unified-diff.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { replaceFile } from '../../../host/replace-file.ts';
import { checkSpec } from '../../../pipeline/check-spec.ts';
import { loadSpec } from '../../../pipeline/load-spec.ts';
import { specSource } from '../../spec-input.ts';
import { tellFindings } from '../../tell-findings.ts';
import { PromptsInterrupted } from '../../prompter.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import { applyEdits, overlaid } from './apply-edits.ts';
import type { EntryKind } from './entry-kinds.ts';
import { planEdits } from './plan-edits.ts';
import { readEntry, type FlagValues } from './read-entry.ts';

export interface AddRequest {
  readonly kind: EntryKind;
  readonly name: string | undefined;
  readonly more: readonly string[];
  readonly flags: FlagValues;
}

/** Adds an entry. Exit code 1, and nothing written, when the spec would not validate. Throws: `HostError`. */
export async function addEntry(
  request: AddRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { flags } = request;
  const option = (name: string): string | undefined => {
    const value = flags[name];
    return typeof value === 'string' ? value : undefined;
  };
  const { file } = await specSource(option('spec'), terminal);
  if (file === '<stdin>')
    throw new HostError('add changes a file in place: name one with --spec');
  const host = nodeHost();
  const loaded = loadSpec(host, file);
  if (loaded.value === null) {
    tellFindings(file, checkSpec(host, { file }), terminal);
    terminal.err('event-arch: correct the spec first; nothing was written.\n');
    return exitCodes.findings;
  }
  try {
    const entry = await readEntry(request.kind, request, terminal);
    const edited = applyEdits(host, planEdits(loaded.value, entry), {
      file,
      into: option('file') ?? null,
    });
    if ('problem' in edited) throw new HostError(edited.problem);
    return finish(file, edited.texts, {
      isDry: flags['dryRun'] === true,
      terminal,
    });
  } catch (error) {
    if (!(error instanceof PromptsInterrupted)) throw error;
    terminal.err('event-arch: interrupted; nothing was written.\n');
    return exitCodes.usage;
  }
}

function finish(
  file: string,
  texts: ReadonlyMap<string, string>,
  { isDry, terminal }: { readonly isDry: boolean; readonly terminal: Terminal },
): ExitCode {
  const host = nodeHost();
  const checked = checkSpec(overlaid(host, texts), { file });
  const errors = checked.diagnostics.filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0) {
    tellFindings(file, { ...checked, diagnostics: errors }, terminal);
    terminal.err(
      'event-arch: with it the spec would not validate; nothing was written.\n',
    );
    return exitCodes.findings;
  }
  for (const [path, text] of texts) {
    if (isDry) terminal.out(unifiedDiff(path, host.readText(path), text));
    else if (text !== host.readText(path)) {
      replaceFile(path, text);
      terminal.out(`changed ${path}\n`);
    }
  }
  return exitCodes.clean;
}
