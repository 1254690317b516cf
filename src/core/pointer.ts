// JSON Pointer (RFC 6901): the address of a value in the spec. Knows nothing about files.

/** The address of a value in the spec, e.g. `/events/order.created/key`; the empty string is the whole spec. */
export type Pointer = string;

function escapeSegment(segment: string | number): string {
  const text = String(segment);
  // Nearly no segment holds either, and pointers are made for every part of a spec.
  if (!text.includes('~') && !text.includes('/')) return text;
  return text.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Joins path segments into a pointer; `pointer('events', 'a/b')` is `/events/a~1b`. */
export function pointer(...segments: readonly (string | number)[]): Pointer {
  let joined = '';
  for (const segment of segments) joined += `/${escapeSegment(segment)}`;
  return joined;
}

/** Appends path segments to a pointer. */
export function child(
  parent: Pointer,
  ...segments: readonly (string | number)[]
): Pointer {
  return parent + pointer(...segments);
}

/** Splits a pointer into its unescaped segments. */
export function segmentsOf(at: Pointer): readonly string[] {
  if (at === '') return [];
  const segments = at.slice(1).split('/');
  // Nearly no pointer is escaped.
  return at.includes('~')
    ? segments.map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
    : segments;
}

/** Drops the last segment; the parent of the whole spec is the whole spec. */
export function parentOf(at: Pointer): Pointer {
  return at.slice(0, Math.max(0, at.lastIndexOf('/')));
}

/**
 * Writes a pointer as people read it, e.g. `events."order.created".key`.
 * A segment that holds anything but letters, digits, `-` and `_` is quoted.
 */
export function readablePath(at: Pointer): string {
  let path = '';
  for (const segment of segmentsOf(at)) {
    const written = /^[\w-]+$/.test(segment)
      ? segment
      : JSON.stringify(segment);
    path += path === '' ? written : `.${written}`;
  }
  return path;
}
