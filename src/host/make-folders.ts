// A folder with all above it. Node's own recursive form never ends where the system lets no folder be made, as below /proc.
import { mkdirSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { HostError } from '../core/host.ts';

/** Makes a folder and those above it that are missing. Throws: `HostError` for a file in the way, or the error of the file system. */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let path = folder; !isFolder(path); path = dirname(path))
    missing.unshift(path);
  for (const path of missing) makeFolder(path);
}

/** Tells whether there is a folder. Throws: `HostError` when a file has its place, or the error of the file system. */
export function isFolder(path: string): boolean {
  const found = lookAt(path);
  if (found === undefined || found.isDirectory()) return found !== undefined;
  throw new HostError(
    `"${path}" is a file where a folder is needed; move it away or name another folder`,
  );
}

/** Looks what is at a path; undefined when nothing is. Throws: the error of the file system. */
export function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // Something above is a file; the way up finds it.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it since we looked.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(path))
      throw error;
  }
}
