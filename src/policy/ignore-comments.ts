// Comments that ignore a finding where it stands: `# event-arch-ignore rule/name: why it is right here`.
import type { Diagnostic, Range } from '../core/diagnostic.ts';
import { certainNear } from '../core/text.ts';
import type { SourceDocument } from '../syntax/source-document.ts';
import { ignoreDiagnostics } from './diagnostics.ts';
import type { HeldFinding } from './held-finding.ts';
import { codeAdvice, type KnownCodes } from './known-codes.ts';

const word = 'event-arch-ignore';

/** One code of one comment. */
export interface Ignore {
  readonly code: string;
  /** Null when the comment gives none, so that nothing is ignored. */
  readonly reason: string | null;
  readonly file: string;
  /** The comment. */
  readonly comment: Range;
  /** The code in it. */
  readonly range: Range;
  /** What goes with the comment: its line, or the spaces before it; null when it names other codes too. */
  readonly removal: Range | null;
  /** What begins on the line that the comment speaks of. */
  readonly extents: readonly Range[];
}

/** Finds the ignoring comments of a file; one that names no code has an empty code. */
export function findIgnores(document: SourceDocument): readonly Ignore[] {
  const { text, file } = document;
  // Nearly no file has any, and this is all that it costs them.
  if (!text.includes(word)) return [];
  return document.commentsWith(word).flatMap((comment) => {
    const words = text.slice(comment.start, comment.end);
    const match =
      /^#+\s*event-arch-ignore(?![\w-])\s*([^:]*?)\s*(?::\s*(.*))?$/.exec(
        words,
      );
    if (match === null) return [];
    const [, codes = '', reason = ''] = match;
    const from = {
      file,
      comment,
      reason: reason === '' ? null : reason,
      extents: document.extentsIn(lineOf(text, comment)),
    };
    if (codes === '')
      return [{ ...from, code: '', range: comment, removal: null }];
    const removal = /[\s,]/.test(codes) ? null : removalOf(text, comment);
    const first = words.indexOf(codes, words.indexOf(word) + word.length);
    return [...codes.matchAll(/[^\s,]+/g)].map(({ 0: code, index }) => {
      const start = comment.start + first + index;
      return {
        ...from,
        code,
        removal,
        range: { start, end: start + code.length },
      };
    });
  });
}

/** The line that a comment speaks of: its own, or the next one that holds more than a comment. */
function lineOf(text: string, { start }: Range): Range {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '')
    return { start: lineStart, end: start };
  const next = /^[^\S\n]*[^\s#].*$/gm;
  next.lastIndex = start;
  const found = next.exec(text);
  return found === null
    ? { start: text.length, end: text.length }
    : { start: found.index, end: found.index + found[0].length };
}

function removalOf(text: string, { start, end }: Range): Range {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  if (before.trim() !== '')
    return { start: lineStart + before.trimEnd().length, end };
  const newline = text.indexOf('\n', end);
  return { start: lineStart, end: newline === -1 ? text.length : newline + 1 };
}

export interface Ignored {
  readonly told: readonly Diagnostic[];
  readonly ignored: readonly HeldFinding[];
  readonly used: ReadonlySet<Ignore>;
}

/** Divides findings into those that comments ignore and others. */
export function applyIgnores(
  findings: readonly Diagnostic[],
  ignores: readonly Ignore[],
  codes: KnownCodes,
): Ignored {
  const used = new Set<Ignore>();
  const told: Diagnostic[] = [];
  const ignored: HeldFinding[] = [];
  for (const finding of findings) {
    const found = ignores.filter((one) => covers(one, finding));
    for (const one of found) used.add(one);
    const by = found.find(({ reason }) => reason !== null);
    if (by === undefined || !codes.settable.has(finding.code))
      told.push(finding);
    else {
      const { reason, file, comment } = by;
      const location = { file, range: comment };
      ignored.push({ ...finding, heldBy: { reason, location } });
    }
  }
  return { told, ignored, used };
}

function covers(
  { code, file, extents }: Ignore,
  { code: found, location }: Diagnostic,
): boolean {
  const range = location?.range ?? null;
  if (code !== found || location?.file !== file || range === null) return false;
  return extents.some(
    ({ start, end }) => start <= range.start && range.start < end,
  );
}

/**
 * Tells what is wrong with ignoring comments. `hasRun`: whether a code could have been found.
 * Reports: every `ignore/*` code.
 */
export function checkIgnores(
  ignores: readonly Ignore[],
  known: {
    readonly codes: KnownCodes;
    readonly used: ReadonlySet<Ignore>;
    readonly hasRun: (code: string) => boolean;
  },
): readonly Diagnostic[] {
  const { codes, used, hasRun } = known;
  return ignores.flatMap((one): readonly Diagnostic[] => {
    const { code, file, range, reason, comment, removal } = one;
    const place = { pointer: '', location: { file, range } };
    if (code === '') return [ignoreDiagnostics.make('no-code', place, {})];
    if (!codes.all.has(code)) {
      const to = certainNear(code, codes.settable);
      const change =
        to === null ? null : ({ kind: 'text', range, to } as const);
      const advice = codeAdvice(code, codes.settable);
      return [
        ignoreDiagnostics.make(
          'unknown-code',
          { ...place, change },
          { code, advice },
        ),
      ];
    }
    if (!codes.settable.has(code))
      return [ignoreDiagnostics.make('not-ignorable', place, { code })];
    if (reason === null) {
      const whole = { pointer: '', location: { file, range: comment } };
      return [ignoreDiagnostics.make('no-reason', whole, { code })];
    }
    if (used.has(one) || !hasRun(code)) return [];
    const change =
      removal === null
        ? null
        : ({ kind: 'text', range: removal, to: '' } as const);
    return [ignoreDiagnostics.make('unused', { ...place, change }, { code })];
  });
}
