// Lists of things under each of their keys: the look-up that keeps one pass over a model one pass.

/** Gathers items under each of their keys, in order; a key that an item has twice counts once. */
export function gather<T>(
  items: Iterable<T>,
  keysOf: (item: T) => Iterable<string>,
): ReadonlyMap<string, readonly T[]> {
  const gathered = new Map<string, T[]>();
  for (const item of items) {
    const keys = [...keysOf(item)];
    for (const key of keys.length > 1 ? new Set(keys) : keys) {
      const list = gathered.get(key);
      if (list === undefined) gathered.set(key, [item]);
      else list.push(item);
    }
  }
  return gathered;
}
