// The package's own files, found from the place of the running code.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostError } from '../core/host.ts';

/** Gives the path of a file or folder of this package, from the bundle in `dist/` as from the sources. Throws: `HostError`. */
export function assetPath(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new HostError(
        `cannot find "${name}" of this package; install it again`,
      );
    folder = parent;
  }
  return join(folder, name);
}
