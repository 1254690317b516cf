// The files of one commit as the outside that a spec is read from. Paths are shown as git writes them: `main:specs/shop.yaml`.
import { posix } from 'node:path';
import { HostError, type Host } from '../core/host.ts';
import { lazy } from '../core/lazy.ts';
import { findFiles } from './find-files.ts';
import { treeFileSystem } from './git-tree-files.ts';
import { runGit } from './run-git.ts';

export interface GitPlace {
  /** Top folder of the work tree, absolute. */
  readonly root: string;
  /** Full hash of the commit. */
  readonly commit: string;
  /** As the user named the revision. */
  readonly name: string;
}

export interface TreeEntry {
  readonly mode: string;
  readonly hash: string;
}

/** Symbolic links that are followed before a circle is assumed. */
const maxLinks = 20;

/** Makes a host of a commit's files. Reads lazily, and never writes. */
export function gitHost(place: GitPlace): Host {
  const prefix = `${place.name}:`;
  const tree = lazy(() => readTree(place));
  const pathOf = (file: string): string =>
    file.startsWith(prefix) ? file.slice(prefix.length) : file;
  return {
    readText: (file) => {
      const path = pathOf(file);
      const entry = followLinks(place, tree(), path);
      if (entry === null)
        throw new HostError(`cannot read "${file}": no such file`);
      if (entry.mode === '160000')
        throw new HostError(
          `cannot read "${file}": it lies in a submodule, whose files this repository does not keep`,
        );
      return decode(file, blob(place, entry.hash));
    },
    glob: (pattern, fromFile) => {
      const folder = posix.dirname(pathOf(fromFile));
      const found = findFiles(
        pattern,
        posix.join('/', folder),
        treeFileSystem([...tree().keys()]),
      );
      return found.map((file) => prefix + file.replace(/^\/+/, '')).toSorted();
    },
    resolvePath: (fromFile, path) => {
      const joined = posix.normalize(
        posix.join(posix.dirname(pathOf(fromFile)), path),
      );
      if (joined.startsWith('../') || path.startsWith('/'))
        throw new HostError(
          `"${path}" lies outside the repository, so it has no state at ${place.name}`,
        );
      return prefix + joined;
    },
  };
}

/** Lists the files of a commit by path. Throws: `HostError`. */
export function readTree({
  root,
  commit,
}: GitPlace): ReadonlyMap<string, TreeEntry> {
  const listed = runGit(root, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (!listed.isDone)
    throw new HostError(
      `cannot read the files of ${commit}: ${listed.problem}`,
    );
  return new Map(
    listed.out
      .toString('utf8')
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => {
        const tab = line.indexOf('\t');
        const [mode = '', , hash = ''] = line.slice(0, tab).split(' ');
        return [line.slice(tab + 1), { mode, hash }] as const;
      }),
  );
}

function followLinks(
  place: GitPlace,
  tree: ReadonlyMap<string, TreeEntry>,
  path: string,
): TreeEntry | null {
  let current = posix.normalize(path);
  for (let hops = 0; hops < maxLinks; hops += 1) {
    const found = longest(tree, current);
    if (found === null) return null;
    const { at, entry } = found;
    if (entry.mode !== '120000')
      return at === current || entry.mode === '160000' ? entry : null;
    const target = blob(place, entry.hash).toString('utf8');
    const rest = current.slice(at.length);
    current = posix.normalize(posix.join(posix.dirname(at), target) + rest);
  }
  return null;
}

/** The entry at a path, or at the folder above it that is a link or a submodule. */
function longest(
  tree: ReadonlyMap<string, TreeEntry>,
  path: string,
): { readonly at: string; readonly entry: TreeEntry } | null {
  for (let at = path; at !== '.' && at !== '/'; at = posix.dirname(at)) {
    const entry = tree.get(at);
    if (entry !== undefined) return { at, entry };
  }
  return null;
}

function blob({ root, name }: GitPlace, hash: string): Buffer {
  const read = runGit(root, ['cat-file', 'blob', hash]);
  if (!read.isDone)
    throw new HostError(
      `a file of ${name} is not in this clone and could not be fetched: ${read.problem}`,
    );
  return read.out;
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch (error) {
    throw new HostError(`cannot read "${file}": it is not UTF-8 text`, {
      cause: error,
    });
  }
}
