// A revision that the user names, to a commit: of branches, remote branches, tags, hashes, in full and in shallow clones.
// What is missing is told with the command that brings it.
import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { HostError } from '../core/host.ts';
import { gitHost, readTree, type GitPlace } from './git-host.ts';
import { runGit } from './run-git.ts';

export interface Revision {
  readonly place: GitPlace;
  /** The spec at that commit, relative to the top folder; null when it is not there. */
  readonly path: string | null;
  /** True when the spec had another path then. */
  readonly isMoved: boolean;
}

export interface RevisionOptions {
  /** The spec of the work tree that is compared. */
  readonly spec: string;
  /** As given: a revision, or `revision:path`. */
  readonly against: string;
  /** Compare with where the branches parted, as a pull request does, and not with the revision itself. */
  readonly fromMergeBase: boolean;
}

/**
 * Finds the commit, and the spec in it or where it was moved from.
 * Throws: `HostError` with a remedy, when there is no repository, no such revision, or not enough history.
 */
export function findRevision(options: RevisionOptions): Revision {
  const folder = dirname(resolve(options.spec));
  const root = topFolder(folder, options.against);
  const { revision, path } = parts(options.against);
  const target = commitOf(root, revision);
  if (target === null) throw new HostError(missingRevision(root, revision));
  const commit = options.fromMergeBase
    ? mergeBase(root, { target, revision })
    : target;
  const place = { root, commit, name: revision };
  const own = path ?? pathInside(root, options.spec);
  const tree = readTree(place);
  if (tree.has(own) || isReadable(place, own))
    return { place, path: own, isMoved: path !== null };
  if (path !== null)
    throw new HostError(`there is no "${path}" at ${revision}`);
  const moved = renamedFrom(root, commit, own);
  return { place, path: moved, isMoved: moved !== null };
}

/** `main:specs/old.yaml` names another file of that revision, as it does for git. */
function parts(against: string): {
  readonly revision: string;
  readonly path: string | null;
} {
  const colon = against.indexOf(':');
  return colon <= 0
    ? { revision: against, path: null }
    : { revision: against.slice(0, colon), path: against.slice(colon + 1) };
}

function topFolder(folder: string, against: string): string {
  const found = runGit(folder, ['rev-parse', '--show-toplevel']);
  const root = found.out.toString('utf8').replace(/\r?\n$/, '');
  if (found.isDone && root !== '') return root;
  if (found.problem.includes('dubious ownership'))
    throw new HostError(
      `git does not trust this repository, since it belongs to another user: git config --global --add safe.directory "${folder.replaceAll(sep, '/')}"`,
    );
  throw new HostError(
    `"${against}" is no file or folder, and this is no git repository in which it could be a revision`,
  );
}

/** The hash of a revision's commit; null when there is no such revision. */
function commitOf(root: string, revision: string): string | null {
  const found = runGit(root, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  return found.isDone ? found.out.toString('utf8').trim() : null;
}

function missingRevision(root: string, revision: string): string {
  const remotes = lines(root, ['remote']);
  const remote = remotes.find((name) => revision.startsWith(`${name}/`));
  const shallow = isShallow(root)
    ? ' This clone is shallow; in GitHub Actions give actions/checkout "fetch-depth: 0".'
    : '';
  const none = `there is no "${revision}" in this repository, and no file or folder of that name.`;
  if (remote !== undefined) {
    const branch = revision.slice(remote.length + 1);
    return `${none} Fetch it: git fetch ${remote} ${branch}:refs/remotes/${remote}/${branch}.${shallow}`;
  }
  const [first] = remotes;
  const isOnRemote =
    first !== undefined && commitOf(root, `${first}/${revision}`) !== null;
  if (isOnRemote) return `${none} Did you mean "${first}/${revision}"?`;
  return first === undefined
    ? none
    : `${none} If it is a branch of "${first}", fetch it and name it with its remote: git fetch ${first} ${revision}:refs/remotes/${first}/${revision}, then --against ${first}/${revision}.${shallow}`;
}

function mergeBase(
  root: string,
  { target, revision }: { readonly target: string; readonly revision: string },
): string {
  if (commitOf(root, 'HEAD') === null) return target;
  const found = runGit(root, ['merge-base', target, 'HEAD']);
  const [base] = found.out.toString('utf8').split('\n');
  if (found.isDone && base !== undefined && base !== '') return base;
  throw new HostError(
    isShallow(root)
      ? `this clone is shallow and does not reach back to where "${revision}" and HEAD parted. ` +
          'Fetch the history: git fetch --unshallow (in GitHub Actions give actions/checkout "fetch-depth: 0", in GitLab set GIT_DEPTH: 0), ' +
          'or compare with the revision itself: --no-merge-base'
      : `"${revision}" and HEAD have no commit in common. Compare with the revision itself: --no-merge-base`,
  );
}

function isShallow(root: string): boolean {
  const found = runGit(root, ['rev-parse', '--is-shallow-repository']);
  return found.out.toString('utf8').trim() === 'true';
}

function lines(root: string, argv: readonly string[]): readonly string[] {
  return runGit(root, argv)
    .out.toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function pathInside(root: string, spec: string): string {
  const folder = realpathSync(dirname(resolve(spec)));
  const name = resolve(spec).split(sep).at(-1) ?? spec;
  return [...relative(realpathSync(root), folder).split(sep), name]
    .filter((part) => part !== '')
    .join('/');
}

/** A path through a symbolic link is not in the tree by itself. */
function isReadable(place: GitPlace, path: string): boolean {
  try {
    gitHost(place).readText(`${place.name}:${path}`);
    return true;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

/** The path that a file had at a commit, as git's own detection of renames tells; null when it was not there. */
function renamedFrom(
  root: string,
  commit: string,
  path: string,
): string | null {
  const found = runGit(root, [
    'diff',
    '--no-ext-diff',
    '--find-renames',
    '--diff-filter=R',
    '--name-status',
    '-z',
    commit,
  ]);
  const fields = found.out.toString('utf8').split('\0');
  for (let index = 0; index + 2 < fields.length; index += 3)
    if (fields[index + 2] === path) return fields[index + 1] ?? null;
  return null;
}
