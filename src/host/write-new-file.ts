// One file written whole or not at all.
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HostError } from '../core/host.ts';
import { makeFolders } from './make-folders.ts';
import { reasonOf } from './node-host.ts';

/** Writes a file under a temporary name and moves it into place; `isForced` replaces one that is there. Throws: `HostError`. */
export function writeNewFile(
  path: string,
  text: string,
  { isForced }: { readonly isForced: boolean },
): void {
  const folder = dirname(path);
  const temporary = join(
    folder,
    `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    makeFolders(folder);
    writeFileSync(temporary, text, { flag: 'wx' });
    if (isForced) renameSync(temporary, path);
    else moveToNew(temporary, path);
  } catch (error) {
    if (error instanceof HostError) throw error;
    throw new HostError(`cannot write "${path}": ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    removeLeftover(temporary);
  }
}

/** A link, unlike a rename, fails when the name is taken, also by a file that came up since we looked. */
function moveToNew(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Some file systems know no links.
    if (code === 'EEXIST' || existsSync(to)) throw error;
    renameSync(from, to);
  }
}

/** What cannot be removed was never made: the reason is told by what failed before. */
function removeLeftover(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw error;
  }
}
