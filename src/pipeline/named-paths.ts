// Paths and URIs that references to schema files are made of. Reads nothing.

const extensions = ['', '.json', '.schema.json', '.yaml', '.yml'] as const;

/** Tells whether a reference is a path from the root of a machine, or a `file:` URI. */
export function isAbsolute(path: string): boolean {
  return /^(?:\/|[a-z]:[\\/]|file:)/i.test(path);
}

/** Tells whether a reference is a URI. */
export function isOnNetwork(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(path);
}

/** Why such a path is refused, wherever a spec names a file. */
export const absoluteProblem =
  'is an absolute path, which leads nowhere on other machines';

/** Takes `.` and `..` out of a path where that can be done without knowing where it starts. */
export function normalPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    const last = kept.at(-1);
    if (segment === '..' && last !== undefined && !['', '..'].includes(last))
      kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return kept.join('/');
}

/** Lists the files that a URI may be saved as, relative to the file of the schema whose URI is `base`. */
export function pathsFor(uri: string, base: string | null): readonly string[] {
  const path = relativePath(uri, base);
  return path === null ? [] : extensions.map((extension) => path + extension);
}

/** Lists the globs of the files that may hold the schema of a URI: beside the one that refers to it, and where the URI leads. */
export function foldersNear(
  uri: string,
  base: string | null,
): readonly string[] {
  const path = relativePath(uri, base);
  const folder = path?.includes('/')
    ? path.slice(0, path.lastIndexOf('/') + 1)
    : '';
  return [...new Set(['', folder])].flatMap((start) =>
    ['json', 'yaml', 'yml'].map((extension) => `${start}*.${extension}`),
  );
}

/** The path from one URI to another of the same place; null when there is none. */
function relativePath(uri: string, base: string | null): string | null {
  if (base === null || !URL.canParse(uri) || !URL.canParse(base)) return null;
  const [to, from] = [new URL(uri), new URL(base)];
  if (to.origin !== from.origin || to.origin === 'null') return null;
  const ahead = to.pathname.split('/').slice(1);
  const behind = from.pathname.split('/').slice(1, -1);
  let shared = 0;
  while (shared < behind.length && behind[shared] === ahead[shared])
    shared += 1;
  return [...behind.slice(shared).map(() => '..'), ...ahead.slice(shared)].join(
    '/',
  );
}
