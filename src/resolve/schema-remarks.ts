// Tells what of an author's schema is not read as it was probably meant, once for a file that several schemas refer to.
import { child, readablePath, type Pointer } from '../core/pointer.ts';
import type { Remark } from '../model/schema-remarks.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { Scope } from './scope.ts';

interface Owner {
  /** What has the schema, in the spec. */
  readonly pointer: Pointer;
  readonly where: string;
  /** The file that the remarks are about; null when they are about the spec. */
  readonly file: string | null;
}

/** Reports: `resolve/schema-keyword-ignored`, `resolve/schema-invalid`. */
export function reportRemarks(
  scope: Scope,
  remarks: readonly Remark[],
  owner: Owner,
): void {
  for (const [first, count] of grouped(remarks)) {
    const { kind, at, reason, advice } = first;
    const origin = child(owner.pointer, 'schema');
    const pointer = owner.file === null ? origin + at : origin;
    const where =
      owner.file === null
        ? `the schema of ${owner.where}`
        : `the schema "${owner.file}"`;
    const place = at === '' ? 'its root' : readablePath(at);
    const more = count === 1 ? '' : ` and ${count - 1} more`;
    scope.reportOnce(
      `${where} ${reason}`,
      kind === 'ignored'
        ? resolveDiagnostics.make(
            'schema-keyword-ignored',
            { pointer },
            { where, reason, place: `${place}${more}`, advice },
          )
        : resolveDiagnostics.make(
            'schema-draft',
            { pointer },
            { where, reason, place: `${place}${more}`, advice },
          ),
    );
  }
}

/** Tells the same remark once, with the first of its places and how many there are. */
function grouped(
  remarks: readonly Remark[],
): readonly (readonly [Remark, number])[] {
  const found = new Map<string, readonly [Remark, number]>();
  for (const remark of remarks) {
    const known = found.get(remark.reason);
    found.set(remark.reason, [known?.[0] ?? remark, (known?.[1] ?? 0) + 1]);
  }
  return [...found.values()];
}
