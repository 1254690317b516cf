// The work of `validate --fix`: correct, check again, and go on while there is something new to correct.
import type { Diagnostic } from '../../../core/diagnostic.ts';
import { HostError, type Host } from '../../../core/host.ts';
import { counted } from '../../../core/text.ts';
import { fixText } from '../../../fix/fix-text.ts';
import { unifiedDiff } from '../../../fix/unified-diff.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { replaceFile } from '../../../host/replace-file.ts';
import { checkSpec } from '../../../pipeline/check-spec.ts';
import type { Terminal } from '../../terminal.ts';
import type { CheckedUnder } from '../../review/checked-under.ts';

/** Each pass ends findings that hid others: the schema's hide those of names, and these those of rules. */
const passLimit = 50;

interface Fixing {
  /** Texts that are changed, by file. */
  readonly texts: Map<string, string>;
  readonly counts: Map<string, number>;
}

/**
 * Corrects what needs no judgement, in the files in which it stands; with `isDry` prints the changes instead.
 * Tells whether a file was written. Throws: `HostError`.
 */
export function fixSpecs(
  checked: readonly CheckedUnder[],
  isDry: boolean,
  terminal: Terminal,
): boolean {
  const fixing: Fixing = { texts: new Map(), counts: new Map() };
  for (const one of checked) {
    if (one.source.text !== undefined)
      throw new HostError(
        'standard input cannot be corrected in place: name the file',
      );
    if (one.spec !== null) fixOne(one, fixing);
  }
  const host = nodeHost();
  for (const [file, text] of fixing.texts) {
    if (isDry) terminal.out(unifiedDiff(file, host.readText(file), text));
    else replaceFile(file, text);
    const count = counted(fixing.counts.get(file) ?? 0, 'problem');
    terminal.err(`${file}: ${count} ${isDry ? 'to correct' : 'corrected'}\n`);
  }
  return !isDry && fixing.texts.size > 0;
}

function fixOne({ source, review, spec }: CheckedUnder, fixing: Fixing): void {
  const { policy } = review;
  if (policy === null || spec === null) return;
  const host = overlaid(nodeHost(), fixing.texts);
  let { diagnostics } = spec;
  for (let pass = 0; pass < passLimit; pass += 1) {
    if (pass > 0 || fixing.texts.size > 0)
      ({ diagnostics } = checkSpec(host, { ...source, policy }));
    if (!fixFiles(diagnostics, host, fixing)) return;
  }
}

/** The files with what has been changed so far. */
const overlaid = (host: Host, texts: ReadonlyMap<string, string>): Host => ({
  ...host,
  readText: (path) => texts.get(path) ?? host.readText(path),
});

function fixFiles(
  diagnostics: readonly Diagnostic[],
  host: Host,
  { texts, counts }: Fixing,
): boolean {
  const files = new Set(
    diagnostics.flatMap(({ change, location }) =>
      change === undefined || location === null ? [] : [location.file],
    ),
  );
  let isChanged = false;
  for (const file of files) {
    const own = diagnostics.filter(({ location }) => location?.file === file);
    const before = host.readText(file);
    const { text, fixed } = fixText(before, own);
    if (text === before) continue;
    isChanged = true;
    texts.set(file, text);
    counts.set(file, (counts.get(file) ?? 0) + fixed.length);
  }
  return isChanged;
}
