// Globs over paths and pointers: `*` within a segment, `**` over any number of segments, `?` one character.
import { lazy } from './lazy.ts';

/** Tells whether a path or pointer is matched. */
export type Matcher = (path: string) => boolean;

/**
 * Makes a matcher of a glob whose segments are divided by `/`. What is matched brings along what stands below it:
 * `/events/legacy.*` matches `/events/legacy.order/key` too.
 */
export function globMatcher(glob: string): Matcher {
  const pattern = lazy(() => new RegExp(`^${sourceOf(glob)}(?:/|$)`, 'u'));
  return (path) => pattern().test(path);
}

function sourceOf(glob: string): string {
  const trimmed = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  return trimmed.replaceAll(
    /\*\*\/|\*\*|\*|\?|[\\^$.|+()[\]{}]/g,
    (found): string => {
      switch (found) {
        case '**/':
          return '(?:[^/]*/)*';
        case '**':
          return '.*';
        case '*':
          return '[^/]*';
        case '?':
          return '[^/]';
        default:
          return `\\${found}`;
      }
    },
  );
}
