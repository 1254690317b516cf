// Loads a package that this one can do without: installed beside it, or in the project it is run in.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Loads an optional package; null when it is installed neither beside this one nor in the current folder's project.
 * Throws: what the package itself throws when it is there and broken.
 */
export async function loadPeer(name: string): Promise<unknown> {
  const bases = [import.meta.url, pathToFileURL(join(process.cwd(), 'x')).href];
  for (const base of bases) {
    const path = resolveFrom(base, name);
    if (path !== null) return await import(pathToFileURL(path).href);
  }
  return null;
}

function resolveFrom(base: string, name: string): string | null {
  try {
    return createRequire(base).resolve(name);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'MODULE_NOT_FOUND';
