// Merges lists of samples so that each list has a say early on.
import { largest } from '../core/lists.ts';

/** Takes the first of each list, then the second of each, and so on. */
export function interleave<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = largest(
    lists.map((list) => list.length),
    0,
  );
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) =>
      index < list.length ? list.slice(index, index + 1) : [],
    ),
  ).flat();
}
