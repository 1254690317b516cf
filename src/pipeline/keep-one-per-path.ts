// Two files of one path, which some file systems see in paths that differ in case alone.
import type { Artifact } from '../core/artifact.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { planDiagnostics } from './diagnostics.ts';

/** What is asked of a file here; its text may be elsewhere. */
export type PlacedFile = Pick<Artifact, 'path' | 'origin'>;

/** Keeps the first file of each path, whatever its case. Reports: plan/path-conflict for each other one. */
export function keepOnePerPath<F extends PlacedFile>(
  artifacts: readonly F[],
): {
  readonly artifacts: readonly F[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const byPath = new Map<string, F>();
  const diagnostics: Diagnostic[] = [];
  for (const artifact of artifacts) {
    const folded = artifact.path.toLowerCase();
    const first = byPath.get(folded);
    if (first === undefined) {
      byPath.set(folded, artifact);
      continue;
    }
    diagnostics.push(
      planDiagnostics.make(
        'path-conflict',
        { pointer: artifact.origin.pointers[0] ?? '' },
        {
          first: first.origin.target,
          second: artifact.origin.target,
          path: artifact.path,
        },
      ),
    );
  }
  return { artifacts: [...byPath.values()], diagnostics };
}
