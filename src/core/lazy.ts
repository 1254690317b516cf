// Work that is done at most once, and only when it is asked for.

/** Wraps a computation so that it runs at the first call and its result is kept. */
export function lazy<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: compute() }).value;
}
