// Reasons for letting a breaking change through: `CODE=why` or `CODE@name=why`, on the command line or in the spec.
import { defineDiagnostics } from '../core/catalogue.ts';
import type { Diagnostic, Location } from '../core/diagnostic.ts';
import type { Change, Cover } from './change.ts';

/** Problems with reasons themselves. */
export const reasonDiagnostics = defineDiagnostics('diff', {
  'reason-unused': {
    severity: 'warning',
    message: 'the reason for {what} covers no change',
    hint: 'Remove it, or name the code and the thing as the finding does: {form}.',
    why: 'A reason that covers nothing was written for another change, or is mistyped: the change that it was meant for is not covered.',
  },
} as const);

export interface Reason {
  /** A code of a change, e.g. `diff/event-removed`. */
  readonly code: string;
  /** The name of what the change is about; null covers every change of the code. */
  readonly name: string | null;
  readonly because: string;
  /** Where it stands in the spec; null on the command line. */
  readonly location: Location | null;
}

/** The mark that begins a reason in a comment of the spec. */
const mark =
  /#[ \t]*event-arch-allow[ \t]+(?<what>\S+?):[ \t]+(?<why>\S[^\r\n]*)/g;

/** Reads the reasons in the comments of a file: `# event-arch-allow diff/event-removed@order.paid: billing has its own`. */
export function reasonsIn(file: string, text: string): readonly Reason[] {
  return [...text.matchAll(mark)].flatMap((found) => {
    const { what = '', why = '' } = found.groups ?? {};
    const [code = '', name] = splitOnce(what, '@');
    return [
      {
        code: withStage(code),
        name: name ?? null,
        because: why.trim(),
        location: {
          file,
          range: { start: found.index, end: found.index + found[0].length },
        },
      },
    ];
  });
}

/** Reads `CODE[@name]=why`; null when there is no code or no reason. */
export function parseReason(text: string): Reason | null {
  const [what = '', why = ''] = splitOnce(text, '=');
  const [code = '', name] = splitOnce(what, '@');
  if (code.trim() === '' || why.trim() === '') return null;
  return {
    code: withStage(code.trim()),
    name: name?.trim() ?? null,
    because: why.trim(),
    location: null,
  };
}

const withStage = (code: string): string =>
  code.includes('/') ? code : `diff/${code}`;

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Drops the reasons that the old design gave already: a reason covers the change that it comes with, and none after.
 */
export function newReasons(
  before: readonly Reason[],
  after: readonly Reason[],
): readonly Reason[] {
  const known = new Set(before.map(textOf));
  return after.filter((reason) => !known.has(textOf(reason)));
}

const textOf = ({ code, name, because }: Reason): string =>
  JSON.stringify([code, name, because]);

/** Covers changes by reasons, and tells which reasons covered nothing. */
export function coverChanges(
  changes: readonly Change[],
  reasons: readonly Reason[],
): {
  readonly changes: readonly Change[];
  readonly unused: readonly Diagnostic[];
} {
  const used = new Set<Reason>();
  const covered = changes.map((change) => {
    const reason = reasons.find((one) => matches(one, change));
    if (reason === undefined) return change;
    used.add(reason);
    const cover: Cover = { by: 'reason', reason: reason.because };
    return change.cover === null ? { ...change, cover } : change;
  });
  const unused = reasons
    .filter((reason) => !used.has(reason))
    .map(({ code, name, location }) =>
      reasonDiagnostics.make(
        'reason-unused',
        { pointer: '', location },
        {
          what: name === null ? code : `${code}@${name}`,
          form: 'code@name',
        },
      ),
    );
  return { changes: covered, unused };
}

const matches = (reason: Reason, { code, subject, impact }: Change): boolean =>
  impact !== 'safe' &&
  reason.code === code &&
  (reason.name === null || reason.name === subject.name);
