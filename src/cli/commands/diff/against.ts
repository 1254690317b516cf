// What `--against` names: a file or folder on disk, or a revision of the git repository that the spec lies in.
import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HostError, type Host } from '../../../core/host.ts';
import { gitHost } from '../../../host/git-host.ts';
import { findRevision } from '../../../host/git-revision.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { usualNames } from '../../spec-input.ts';

/** The other design: its host and file; `file` null when it was not there. */
export interface OtherDesign {
  readonly host: Host;
  readonly file: string | null;
  readonly notes: readonly string[];
}

export interface AgainstOptions {
  /** File of the design that is compared. */
  readonly spec: string;
  readonly against: string;
  readonly fromMergeBase: boolean;
}

/**
 * Finds the other design. A path that exists is that path, whatever branches there are; `refs/heads/<name>` names a branch
 * that is called like a file. Throws: `HostError` when there is nothing of that name, or history is missing.
 */
export function otherDesign(options: AgainstOptions): OtherDesign {
  const { against } = options;
  if (against.trim() === '')
    throw new HostError('--against needs a revision, a file or a folder');
  if (existsSync(against)) {
    const file = statSync(against).isDirectory()
      ? specIn(against, options.spec)
      : against;
    return { host: nodeHost(), file, notes: [] };
  }
  const { place, path, isMoved } = findRevision(options);
  const file = path === null ? null : `${place.name}:${path}`;
  const notes =
    path === null
      ? [`${options.spec} was not there at ${place.name}: everything is new.`]
      : isMoved
        ? [`${options.spec} is compared with ${path} at ${place.name}.`]
        : [];
  return { host: gitHost(place), file, notes };
}

/** The spec of a folder: under the same path, the same name, or the usual one. */
function specIn(folder: string, spec: string): string {
  const names = [spec, basename(spec), ...usualNames];
  const found = names
    .map((name) => join(folder, name))
    .find((path) => existsSync(path) && statSync(path).isFile());
  if (found !== undefined) return found;
  throw new HostError(
    `there is no spec in the folder "${folder}": neither "${basename(spec)}" nor "${usualNames[0]}"`,
  );
}
