// Baselines written anew: the findings of the specs at hand, and what the files hold of everything else.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HostError, type Host } from '../../../core/host.ts';
import { counted } from '../../../core/text.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { writeNewFile } from '../../../host/write-new-file.ts';
import {
  entriesOf,
  printBaseline,
  readBaseline,
  type BaselineEntry,
} from '../../../policy/baseline.ts';
import { isActive } from '../../../policy/levels.ts';
import { codeOf } from '../../../rules/rule.ts';
import type { CheckedUnder } from '../../review/checked-under.ts';
import type { Terminal } from '../../terminal.ts';

/** Writes the baseline of each checked spec. Throws: `HostError` when one names none, or it cannot be written. */
export function updateBaselines(
  checked: readonly CheckedUnder[],
  terminal: Terminal,
): void {
  const host = nodeHost();
  const written = new Map<string, Written>();
  for (const one of checked) {
    const file = one.review.baselineFile;
    if (one.review.policy === null) continue;
    if (file === null)
      throw new HostError(
        'there is no baseline to update: name one with --baseline, or write "baseline: event-arch.baseline.txt" in event-arch.config.yaml',
      );
    if (one.source.text !== undefined)
      throw new HostError(
        'standard input has no name that a baseline could keep: name the file',
      );
    const { total, added, gone } = update(host, file, one);
    const before = written.get(file);
    written.set(file, {
      total,
      added: added + (before?.added ?? 0),
      gone: gone + (before?.gone ?? 0),
    });
  }
  for (const [file, { total, added, gone }] of written)
    terminal.err(
      `${file}: ${counted(total, 'entry', 'entries')}, ${added} new, ${gone} gone\n`,
    );
}

/** What became of one baseline; of several specs together. */
interface Written {
  readonly total: number;
  readonly added: number;
  readonly gone: number;
}

function update(host: Host, file: string, one: CheckedUnder): Written {
  const old = existsSync(file)
    ? readBaseline(file, host.readText(file)).baseline.entries
    : [];
  const own = ownEntries(one, old);
  const { spec } = one.review.policy ?? { spec: '' };
  const others = old.filter(
    (entry) =>
      entry.spec !== spec && existsSync(join(dirname(file), entry.spec)),
  );
  writeNewFile(file, printBaseline([...others, ...own]), { isForced: true });
  const keys = new Set(old.map(keyOf));
  const kept = new Set([...others, ...own].map(keyOf));
  return {
    total: others.length + own.length,
    added: own.filter((entry) => !keys.has(keyOf(entry))).length,
    gone: old.filter((entry) => !kept.has(keyOf(entry))).length,
  };
}

const keyOf = ({ code, spec, pointer }: BaselineEntry): string =>
  `${code} ${spec}#${pointer}`;

/** The entries of the spec: what is found now, and the old ones of rules that did not run. */
function ownEntries(
  { review, spec: checked }: CheckedUnder,
  old: readonly BaselineEntry[],
): readonly BaselineEntry[] {
  const { policy } = review;
  if (policy === null || checked === null) return [];
  const before = old.filter(({ spec }) => spec === policy.spec);
  if (!checked.isReviewed) return before;
  const { settable } = policy.codes();
  const silent = new Set<string>(
    policy.rules.filter((rule) => !isActive(rule, policy.levels)).map(codeOf),
  );
  const found = [...checked.diagnostics, ...checked.heldBack.known].filter(
    ({ code }) => settable.has(code),
  );
  return [
    ...before.filter(({ code }) => silent.has(code)),
    ...entriesOf(policy.spec, found),
  ];
}
