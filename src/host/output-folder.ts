// One output folder on disk: reading, replacing and removing files inside it, and nowhere else.
import {
  lstatSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { threadId } from 'node:worker_threads';
import { readRegularFile } from './read-file.ts';
import { HostError } from '../core/host.ts';
import { isFolder, lookAt, makeFolders } from './make-folders.ts';
import { reasonOf } from './node-host.ts';

const temporaryFolder = '.event-arch-tmp';

/** A file to write; its path is relative and POSIX. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
}

export interface OutputFolder {
  /** As it was given. */
  readonly path: string;
  /** Gives a file's bytes; null when there is no file. Throws: `HostError`. */
  readonly read: (path: string) => Buffer | null;
  /** Replaces a file at once: written beside under another name, then renamed. Throws: `HostError`. */
  readonly replace: (
    path: string,
    content: string | Uint8Array,
    isExecutable: boolean,
  ) => void;
  /** Tells whether there is a folder of this name at the top. Throws: `HostError`. */
  readonly hasFolder: (name: string) => boolean;
  /**
   * Makes a folder at the top that is not there yet, with all its files: beside its place, under another name. What it
   * gives renames it. Both throw: `HostError`.
   */
  readonly fill: (name: string, files: readonly WrittenFile[]) => () => void;
  /** Removes a file, and the folders that it leaves empty. Throws: `HostError`. */
  readonly remove: (path: string) => void;
  /** Removes what this run or an interrupted one left in the making, and nothing of a run that is at work beside it. */
  readonly clean: () => void;
}

/** Opens an output folder, which need not exist yet; paths are relative and POSIX. */
export function outputFolder(folder: string): OutputFolder {
  const root = resolve(folder);
  const checked = new Set<string>();
  /** Folders in it that were not there when it was only read. */
  const absent = new Set<string>();
  const place = (path: string): string => join(root, ...path.split('/'));
  let count = 0;
  /** Gives a new name for what is in the making, after process and thread: two at once never meet. */
  const newName = (): string => {
    absent.clear();
    const name = `${process.pid}-${threadId}-${(count += 1)}`;
    const temporary = join(root, temporaryFolder, name);
    ensureInside(root, dirname(temporary), checked);
    return temporary;
  };
  return {
    path: folder,
    read: (path) =>
      attempt(`read "${folder}/${path}"`, () => {
        const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
        // In a new folder no file is there, and to look for each costs half as much as to write it.
        if (absent.has(parent)) return null;
        const bytes = readIfThere(place(path));
        if (bytes === null && lookAt(place(parent)) === undefined)
          absent.add(parent);
        return bytes;
      }),
    replace: (path, content, isExecutable) =>
      attempt(`write "${folder}/${path}"`, () => {
        ensureInside(root, dirname(place(path)), checked);
        const temporary = newName();
        // A run beside this one that ends removes the folder when nothing is in it.
        if (lookAt(dirname(temporary)) === undefined)
          makeFolders(dirname(temporary));
        writeFile(temporary, content, isExecutable);
        renameSync(temporary, place(path));
      }),
    hasFolder: (name) =>
      attempt(`look into "${folder}"`, () => lookAt(place(name)) !== undefined),
    fill: (name, files) => {
      const writing = `write "${folder}/${name}"`;
      return attempt(writing, () => {
        const temporary = newName();
        fill(temporary, name, files);
        return () => attempt(writing, () => renameSync(temporary, place(name)));
      });
    },
    remove: (path) =>
      attempt(`remove "${folder}/${path}"`, () => {
        if (!isInside(root, dirname(place(path)))) return;
        rmSync(place(path), { force: true });
        removeEmpty(root, dirname(place(path)));
      }),
    clean: () =>
      attempt(`clean "${folder}"`, () => {
        if (isFolder(root)) cleanTemporaries(join(root, temporaryFolder));
      }),
  };
}

/** Names begin with the process that made them. Another run may do the same at the same moment. */
function cleanTemporaries(folder: string): void {
  // What is no folder itself may lead to one that is not ours.
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) {
    rmSync(folder, { force: true });
    return;
  }
  try {
    for (const name of readdirSync(folder)) {
      const [maker = ''] = name.split('-');
      if (!isAtWork(Number(maker)))
        rmSync(join(folder, name), { recursive: true, force: true });
    }
    rmdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(String(code))) throw error;
  }
}

/** Tells whether another process of this number is there; one of another user is, too. */
function isAtWork(maker: number): boolean {
  if (!Number.isInteger(maker) || maker <= 0 || maker === process.pid)
    return false;
  try {
    process.kill(maker, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function writeFile(
  path: string,
  content: string | Uint8Array,
  isExecutable: boolean,
): void {
  writeFileSync(path, content);
  if (isExecutable) chmodSync(path, 0o755);
}

function fill(
  folder: string,
  name: string,
  files: readonly WrittenFile[],
): void {
  const made = new Set<string>();
  for (const { path, bytes, isExecutable } of files) {
    const at = `${folder}${path.slice(name.length)}`;
    const parent = at.slice(0, at.lastIndexOf('/'));
    if (!made.has(parent)) makeFolders(parent);
    made.add(parent);
    writeFile(at, bytes, isExecutable);
  }
}

function attempt<T>(operation: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof HostError) throw error;
    throw new HostError(`cannot ${operation}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function readIfThere(path: string): Buffer | null {
  // An exception for each file that is not there costs more than writing it.
  if (lookAt(path) === undefined) return null;
  try {
    return readRegularFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Makes a folder, and refuses one that a symbolic link leads out of the output folder. */
function ensureInside(
  root: string,
  folder: string,
  checked: Set<string>,
): void {
  if (checked.has(folder)) return;
  makeFolders(root);
  refuseLinkOut(root, folder);
  makeFolders(folder);
  checked.add(folder);
}

function refuseLinkOut(root: string, folder: string): void {
  let existing = folder;
  while (
    existing !== root &&
    lstatSync(existing, { throwIfNoEntry: false }) === undefined
  )
    existing = dirname(existing);
  if (!isInside(root, existing)) {
    throw new HostError(
      `"${existing}" is a link that leads out of the output folder; remove the link`,
    );
  }
  if (!statSync(existing).isDirectory())
    throw new HostError(
      `"${existing}" is a file where a folder is needed; move it away`,
    );
}

function isInside(root: string, folder: string): boolean {
  const real = realpathSync(folder);
  const realRoot = realpathSync(root);
  return real === realRoot || real.startsWith(realRoot + sep);
}

function removeEmpty(root: string, folder: string): void {
  for (
    let current = folder;
    current !== root && current.startsWith(root + sep);
    current = dirname(current)
  ) {
    if (readdirSync(current).length > 0) return;
    rmdirSync(current);
  }
}
