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
  /** Fills the new folders of an order, of those files that are held, beside their places. Rejects with: `HostError`. */
  readonly prepare: (
    folder: OutputFolder,
    order: WriteOrder,
  ) => Promise<PreparedFiles>;
}

/** Files that are about to be written. */
export interface PreparedFiles {
  /** Puts each new folder in its place at once, then each of the other files. Rejects with: `HostError`. */
  readonly write: () => Promise<void>;
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
    // Done before it returns; the promises are for those whose files are held elsewhere.
    prepare: async (folder, order) => {
      const write = prepareFiles(folder, held, order);
      return { write: async () => write() };
    },
  };
}

/** Fills new folders beside their places; what it gives writes all that is ordered. Both throw: `HostError`. */
export function prepareFiles(
  folder: OutputFolder,
  files: readonly HeldFile[],
  { paths, newFolders }: WriteOrder,
): () => void {
  const together = new Map<string, HeldFile[]>();
  const apart: HeldFile[] = [];
  for (const file of files) {
    if (!paths.has(file.path)) continue;
    const top = topFolder(file.path);
    if (top === null || !newFolders.has(top)) apart.push(file);
    else
      together
        .set(top, together.get(top) ?? [])
        .get(top)
        ?.push(file);
  }
  const filled = [...together].map(([name, inside]) =>
    folder.fill(name, inside),
  );
  return () => {
    for (const place of filled) place();
    for (const { path, bytes, isExecutable } of apart)
      folder.replace(path, bytes, isExecutable);
  };
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
