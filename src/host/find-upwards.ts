// A file looked for from a folder upwards, no further than the repository that holds it.
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

/**
 * Finds the nearest file of one of the names, from the folder of a file up to the root of its repository (the folder that
 * holds `.git`) or of the disk; null when there is none. The path is relative to the current folder unless the file's is not.
 */
export function findUpwards(
  names: readonly string[],
  fromFile: string,
): string | null {
  let folder = dirname(resolve(fromFile));
  for (;;) {
    const found = names
      .map((name) => join(folder, name))
      .find((path) => existsSync(path));
    if (found !== undefined)
      return posix(
        isAbsolute(fromFile) ? found : relative(process.cwd(), found),
      );
    const parent = dirname(folder);
    if (existsSync(join(folder, '.git')) || parent === folder) return null;
    folder = parent;
  }
}

/** Writes a file's path relative to the folder of another one, POSIX. */
export function relativeToFile(file: string, other: string): string {
  return posix(relative(dirname(resolve(other)), resolve(file)));
}

const posix = (path: string): string => path.replaceAll('\\', '/');
