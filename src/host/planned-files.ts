// The files of a plan as what they are compared by, and the writing of them by whoever holds their text.
import type { Artifact } from '../core/artifact.ts';
import { hashText } from './manifest.ts';
import type { OutputFolder } from './output-folder.ts';

/** A file without its text, which may be in another thread. */
export interface PlannedFile extends Omit<Artifact, 'content'> {
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
}

/** Some files of a plan, all held by one thread. */
export interface PlannedFiles {
  readonly files: readonly PlannedFile[];
  /** Replaces the files of these paths, each at once. Throws: `HostError`. */
  readonly write: (
    folder: OutputFolder,
    paths: ReadonlySet<string>,
  ) => Promise<void>;
}

/** Holds files in this thread. */
export function plannedHere(artifacts: readonly Artifact[]): PlannedFiles {
  return {
    files: artifacts.map(({ content, ...facts }) => ({
      ...facts,
      hash: hashText(content),
    })),
    // Written before it returns; the promise is for those whose files are held elsewhere.
    write: async (folder, paths) => writeFiles(folder, artifacts, paths),
  };
}

/** Replaces files, one after the other. Throws: `HostError`. */
export function writeFiles(
  folder: OutputFolder,
  artifacts: readonly Artifact[],
  paths: ReadonlySet<string>,
): void {
  for (const { path, content, isExecutable } of artifacts)
    if (paths.has(path)) folder.replace(path, content, isExecutable);
}
