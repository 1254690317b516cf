// The files of a plan as what they are compared by, and the writing of them by whoever holds their bytes.
import type { Artifact } from '../core/artifact.ts';
import { hashText } from './manifest.ts';
import type { OutputFolder } from './output-folder.ts';

/** A file without its text, which may be in another thread. */
export interface PlannedFile extends Omit<Artifact, 'content'> {
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
}

/** A file that this thread holds. */
export interface HeldFile extends PlannedFile {
  /** The text as UTF-8. */
  readonly bytes: Uint8Array;
}

/** What is to be written. */
export interface WriteOrder {
  readonly paths: ReadonlySet<string>;
  /** Folders at the top of the output folder that are not there yet and hold files of one thread alone. */
  readonly newFolders: ReadonlySet<string>;
}

/** Some files of a plan, all held by one thread. */
export interface PlannedFiles {
  readonly files: readonly PlannedFile[];
  /** Writes the files that are ordered of those held, each at once, or a new folder with all that is in it. Throws: `HostError`. */
  readonly write: (folder: OutputFolder, order: WriteOrder) => Promise<void>;
}

/** Takes a file as bytes: the text of a large plan would be copied by the collector again and again. */
export function holdFile({ content, ...facts }: Artifact): HeldFile {
  const bytes = Buffer.from(content, 'utf8');
  return { ...facts, bytes, hash: hashText(bytes) };
}

/** What the files are compared by. */
export function factsOf(files: readonly HeldFile[]): readonly PlannedFile[] {
  return files.map(({ bytes: _bytes, ...facts }) => facts);
}

/** Holds files in this thread. */
export function plannedHere(held: readonly HeldFile[]): PlannedFiles {
  return {
    files: held,
    // Written before it returns; the promise is for those whose files are held elsewhere.
    write: async (folder, order) => writeFiles(folder, held, order),
  };
}

/** Writes files, one after the other. Throws: `HostError`. */
export function writeFiles(
  folder: OutputFolder,
  files: readonly HeldFile[],
  { paths, newFolders }: WriteOrder,
): void {
  const together = new Map<string, HeldFile[]>();
  for (const file of files) {
    const { path, bytes, isExecutable } = file;
    if (!paths.has(path)) continue;
    const top = topFolder(path);
    if (top === null || !newFolders.has(top))
      folder.replace(path, bytes, isExecutable);
    else
      together
        .set(top, together.get(top) ?? [])
        .get(top)
        ?.push(file);
  }
  for (const [name, inside] of together) folder.create(name, inside);
}

/** Lists the folders at the top that are not there yet and that one share alone has files of. */
export function newFoldersOf(
  folder: OutputFolder,
  shares: readonly PlannedFiles[],
): ReadonlySet<string> {
  const holders = new Map<string, PlannedFiles | null>();
  for (const share of shares) {
    for (const { path } of share.files) {
      const top = topFolder(path);
      if (top === null) continue;
      const known = holders.get(top);
      holders.set(top, known === undefined || known === share ? share : null);
    }
  }
  return new Set(
    [...holders]
      .filter(([top, holder]) => holder !== null && !folder.hasFolder(top))
      .map(([top]) => top),
  );
}

function topFolder(path: string): string | null {
  const end = path.indexOf('/');
  return end < 0 ? null : path.slice(0, end);
}
