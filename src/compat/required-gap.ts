// Words and witnesses for a member that the reader requires and the writer may leave out.
import type { Branch } from './branch.ts';
import { objectWith } from './samples.ts';
import { MAX_CANDIDATES, placeOf, SAMPLING, stepInto } from './session.ts';
import type { Gap, Session } from './session.ts';

/** Describes a member that the reader requires and the branch may leave out; `without` is the branch without it. */
export function requiredGap(
  branch: Branch,
  missing: { readonly without: readonly Branch[]; readonly name: string },
  session: Session,
): Gap {
  const options = { ...SAMPLING, content: session.content };
  const place = placeOf(stepInto(session, missing.name));
  return {
    steps: [...session.steps, missing.name],
    kind: 'property-required',
    message: branch.required.has(missing.name)
      ? `${place} may be absent, and the reader requires it`
      : `${place} may be left out by the writer, and the reader requires it and has no default to fill in`,
    candidates: missing.without
      .map((without) => objectWith(without, {}, options))
      .filter((value) => value !== null)
      .slice(0, MAX_CANDIDATES),
  };
}
