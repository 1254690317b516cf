// Files by glob. Apart from the host, so that the build can load the library only when a spec includes others.
import { globSync, type FileSystemAdapter } from 'tinyglobby';

/** Finds the files that a glob matches below a folder; absolute paths. `fs`: where, when it is not the disk. */
export function findFiles(
  pattern: string,
  folder: string,
  fs?: FileSystemAdapter,
): readonly string[] {
  return globSync(pattern, {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    ...(fs !== undefined && { fs, followSymbolicLinks: false }),
  });
}
