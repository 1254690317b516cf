// The paths of a commit as a file system that can be walked, so that a glob finds in it what it would find on disk.
import type { FileSystemAdapter } from 'tinyglobby';

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Makes a file system of paths relative to `/`. A symbolic link counts as a file; one to a folder is not walked. */
export function treeFileSystem(paths: readonly string[]): FileSystemAdapter {
  const folders = foldersOf(paths);
  const readdirSync = (folder: string): readonly object[] => {
    const entries = folders.get(withoutSlashes(folder));
    if (entries === undefined) throw new Error(`no folder ${folder}`);
    return [...entries.values()].map(({ name, isFolder }) => ({
      name,
      isFile: () => !isFolder,
      isDirectory: () => isFolder,
      isSymbolicLink: () => false,
    }));
  };
  // Of everything that the library could ask for, a walk without links only lists folders.
  return { readdirSync } as unknown as FileSystemAdapter;
}

function foldersOf(
  paths: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, Entry>> {
  const folders = new Map<string, Map<string, Entry>>([['', new Map()]]);
  for (const path of paths) {
    const parts = path.split('/');
    parts.forEach((name, index) => {
      const folder = parts.slice(0, index).join('/');
      const known = folders.get(folder) ?? new Map<string, Entry>();
      known.set(name, { name, isFolder: index < parts.length - 1 });
      folders.set(folder, known);
    });
  }
  return folders;
}

const withoutSlashes = (path: string): string =>
  path.replace(/^\/+/, '').replace(/\/+$/, '');
