// The problems found while resolving: each mistake once, however many places it shows in.
import type { Diagnostic } from '../core/diagnostic.ts';
import { nearest } from '../core/text.ts';
import type { Scope } from './scope.ts';

export interface ProblemList extends Pick<
  Scope,
  'report' | 'reportOnce' | 'isMistyped'
> {
  /** Lists what was reported, in order. */
  readonly all: () => readonly Diagnostic[];
}

/** Makes an empty list of problems. */
export function problemList(): ProblemList {
  const found: Diagnostic[] = [];
  const places = new Map<string, number>();
  const unknown = new Set<string>();
  return {
    report: (diagnostic) => void found.push(diagnostic),
    reportOnce: (cause, diagnostic) => {
      const place = places.get(cause);
      const first = place === undefined ? undefined : found[place];
      const name = /^unknown event (.*)$/.exec(cause)?.[1];
      if (name !== undefined) unknown.add(name);
      if (place === undefined || first === undefined) {
        places.set(cause, found.length);
        found.push(diagnostic);
      } else if (!isAt(first, diagnostic.pointer)) {
        found[place] = alsoAt(first, diagnostic);
      }
    },
    isMistyped: (name) =>
      [...unknown].some((candidate) => nearest(candidate, [name]) !== null),
    all: () => found,
  };
}

const isAt = (first: Diagnostic, pointer: string): boolean =>
  first.pointer === pointer ||
  first.related.some((related) => related.pointer === pointer);

const alsoAt = (first: Diagnostic, other: Diagnostic): Diagnostic => ({
  ...first,
  related: [
    ...first.related,
    { message: other.message, pointer: other.pointer, location: null },
  ],
});
