// Known findings that are held back: a text with one entry a line, keyed by rule and place in the model.
import { byCodeUnit } from '../core/artifact.ts';
import type { Diagnostic, Range } from '../core/diagnostic.ts';
import type { Pointer } from '../core/pointer.ts';
import { baselineDiagnostics } from './diagnostics.ts';
import type { HeldFinding } from './held-finding.ts';

export interface BaselineEntry {
  readonly code: string;
  /** The spec's file relative to the baseline, POSIX. */
  readonly spec: string;
  readonly pointer: Pointer;
  /** How many findings of the rule at the place; 1 or more. */
  readonly count: number;
  /** Where it stands; null for one that is not written yet. */
  readonly range: Range | null;
}

export interface Baseline {
  readonly file: string;
  readonly text: string;
  readonly entries: readonly BaselineEntry[];
}

const head = `# Findings that are known and held back: the rule, then the spec and the place in it.
# "event-arch validate --update-baseline" writes it; nobody has to edit it.
`;

const linePattern = /^(\S+\/\S+) (\S*)#(\S*?)(?: x([1-9]\d{0,5}))?$/;

/** Reads a baseline. Reports: baseline/unreadable-line; the other lines hold. */
export function readBaseline(
  file: string,
  text: string,
): {
  readonly baseline: Baseline;
  readonly diagnostics: readonly Diagnostic[];
} {
  const entries: BaselineEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const line = match[0].trim();
    if (line === '' || line.startsWith('#')) continue;
    const range = { start: match.index, end: match.index + match[0].length };
    const entry = entryOf(line, range);
    if (entry !== null) entries.push(entry);
    else
      diagnostics.push(
        baselineDiagnostics.make(
          'unreadable-line',
          { pointer: '', location: { file, range } },
          { text: line.length > 60 ? `${line.slice(0, 57)}...` : line },
        ),
      );
  }
  return { baseline: { file, text, entries }, diagnostics };
}

function entryOf(line: string, range: Range): BaselineEntry | null {
  const [, code, spec, pointer, count] = linePattern.exec(line) ?? [];
  if (code === undefined) return null;
  try {
    return {
      code,
      spec: decodeURIComponent(spec ?? ''),
      pointer: decodeURIComponent(pointer ?? ''),
      count: Number(count ?? '1'),
      range,
    };
  } catch {
    // A percent sign that begins no escape.
    return null;
  }
}

/** Prints a baseline: sorted by rule, spec and place, so that two branches merge line by line. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map(
    ({ code, spec, pointer, count }) =>
      `${code} ${encoded(spec)}#${encoded(pointer)}${count > 1 ? ` x${count}` : ''}\n`,
  );
  return head + [...new Set(lines)].toSorted(byCodeUnit).join('');
}

/** Escapes what would end an entry or its parts; slashes stay readable. */
const encoded = (text: string): string =>
  text
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');

/** Makes the entries of one spec from its findings. */
export function entriesOf(
  spec: string,
  findings: readonly Diagnostic[],
): readonly BaselineEntry[] {
  const counts = new Map<string, BaselineEntry>();
  for (const { code, pointer } of findings) {
    const key = keyOf({ code, pointer });
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { code, spec, pointer, count, range: null });
  }
  return [...counts.values()];
}

export interface HeldBack {
  readonly told: readonly Diagnostic[];
  readonly known: readonly HeldFinding[];
  /** Entries that match fewer findings than they say, or none. */
  readonly stale: readonly BaselineEntry[];
}

/** Divides findings into those that a spec's entries, in the baseline `file`, hold back and those that are new. */
export function holdBack(
  findings: readonly Diagnostic[],
  { file, entries }: Pick<Baseline, 'file' | 'entries'>,
): HeldBack {
  // Of two entries of a rule and place, as a merge may leave them, the one with more findings counts.
  const largest = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (entry.count > (largest.get(key)?.count ?? 0)) largest.set(key, entry);
  }
  const used = new Map<string, number>();
  const told: Diagnostic[] = [];
  const known: HeldFinding[] = [];
  for (const finding of findings) {
    const key = keyOf(finding);
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    const entry = largest.get(key);
    if (entry === undefined || count > entry.count) told.push(finding);
    else {
      const location = { file, range: entry.range };
      known.push({ ...finding, heldBy: { reason: null, location } });
    }
  }
  const stale = entries.filter((entry) => {
    const key = keyOf(entry);
    return (used.get(key) ?? 0) < (largest.get(key)?.count ?? 0);
  });
  return { told, known, stale };
}

const keyOf = ({
  code,
  pointer,
}: Pick<BaselineEntry, 'code' | 'pointer'>): string => `${code} ${pointer}`;

/** Tells which entries match nothing. Reports: baseline/stale-entries. */
export function tellStale(
  { file }: Baseline,
  stale: readonly BaselineEntry[],
): readonly Diagnostic[] {
  const [first, ...others] = stale;
  if (first === undefined) return [];
  const words = ({ code, pointer }: BaselineEntry): string =>
    `${code} at ${pointer === '' ? '/' : pointer}`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    baselineDiagnostics.make(
      'stale-entries',
      {
        pointer: '',
        location: { file, range: first.range },
        related: others.map((entry) => ({
          message: words(entry),
          pointer: entry.pointer,
          location: { file, range: entry.range },
        })),
      },
      { entries: words(first) + more },
    ),
  ];
}
