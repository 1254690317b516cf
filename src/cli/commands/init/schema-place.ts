// Where the editor finds the schema of a spec: in the installed package, or in a copy beside the spec.
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const packaged = join(
  'node_modules',
  'event-arch',
  'schemas',
  'event-arch.schema.json',
);

/** Name of the copy that is written beside the spec when the package is not installed there. */
export const copyName = 'event-arch.schema.json';

/** Finds the schema of the package installed for a spec, as a path relative to it; null when it runs from elsewhere, as by npx. */
export function installedSchema(spec: string): string | null {
  const start = dirname(resolve(spec));
  let folder = start;
  for (;;) {
    if (existsSync(join(folder, packaged))) {
      const path = relative(start, join(folder, packaged)).replaceAll(
        '\\',
        '/',
      );
      return path.startsWith('.') ? path : `./${path}`;
    }
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}
