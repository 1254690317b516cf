// What the targets return: files as values. Nothing here touches a disk.
import type { Pointer } from './pointer.ts';

/** `overwrite` = derived, regenerated each time; `create-once` = written once, then the user's own. */
export type WritePolicy = 'overwrite' | 'create-once';

export interface Artifact {
  /** Relative, POSIX, no `..`, unique in a plan; made by `artifactPath`. */
  readonly path: string;
  /** LF line ends, one final newline. */
  readonly content: string;
  readonly policy: WritePolicy;
  /** True for a script that must be executable. */
  readonly isExecutable: boolean;
  readonly origin: {
    readonly target: string;
    readonly pointers: readonly Pointer[];
  };
}

export interface Plan {
  /** Invariant: sorted by path in code-unit order, paths unique also when case is ignored. */
  readonly artifacts: readonly Artifact[];
}

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Makes one safe path segment of a name from the spec: letters, digits, `.`, `-`, `_` stay, anything else becomes `-`;
 * no leading dot, no Windows device name, at most 120 characters. Different names may meet: the planner refuses that.
 */
export function pathSegment(name: string): string {
  const cleaned = name
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^[.]+/, '')
    .replace(/[.]+$/, '');
  const bounded = cleaned.slice(0, 120);
  if (bounded === '') return '_';
  return reserved.test(bounded) ? `_${bounded}` : bounded;
}

/** Paths of which every segment begins with a letter, a digit, `-` or `_` and holds besides these only dots: nearly all. */
const plainPath = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** Joins segments that are already safe into an artifact path. Throws when one could leave the output folder (our bug). */
export function artifactPath(...segments: readonly string[]): string {
  const path = segments.join('/');
  if (plainPath.test(path)) return path;
  for (const segment of path.split('/')) {
    if (
      segment === '' ||
      segment === '.' ||
      segment === '..' ||
      /[\\:\0]/.test(segment)
    ) {
      throw new Error(
        `unsafe artifact path segment ${JSON.stringify(segment)}`,
      );
    }
  }
  return path;
}

/** Compares two strings by UTF-16 code units, the same on every machine and in every locale. */
export function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
