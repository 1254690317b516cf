// Files by glob. Apart from the host, so that the build can load the library only when a spec includes others.
import { readdirSync } from 'node:fs';
import { globSync, type FileSystemAdapter } from 'tinyglobby';

/** Folders after which a search is given up. */
const maxFolders = 10_000;

/**
 * Finds the files that a glob matches below a folder; absolute paths. `fs`: where, when it is not the disk. Throws when the
 * search leads through too many folders.
 */
export function findFiles(
  pattern: string,
  folder: string,
  fs?: FileSystemAdapter,
): readonly string[] {
  let folders = 0;
  const list = fs?.readdirSync ?? readdirSync;
  // The library takes what is thrown here for a folder that cannot be read.
  const counting = (...given: Parameters<typeof readdirSync>): unknown => {
    folders += 1;
    return folders > maxFolders ? [] : list(...given);
  };
  const found = globSync(pattern, {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    ...(fs !== undefined && { followSymbolicLinks: false }),
    fs: { ...fs, readdirSync: counting as typeof readdirSync },
  });
  if (folders > maxFolders)
    throw new Error(
      `it leads through more than ${maxFolders} folders; name the folder that the files lie in`,
    );
  return found;
}
