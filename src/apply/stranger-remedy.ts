// What a person can do about a right of a stranger, the same on every broker.

import { identity } from './compare.ts';
import type { Stranger } from './diff-resources.ts';

/** Says both ways: the right goes, or its user is allowed by name. */
export function strangerRemedyOf({ resource, goesFurther }: Stranger): string {
  const way = goesFurther
    ? "Take it away with the broker's own tools (it reaches more than this design)"
    : `Take it away by apply --delete '${identity(resource)}'`;
  return `${way}, or name its user in broker.options.alsoAllowed.`;
}
