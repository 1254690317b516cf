// Work that is done at most once for each thing it is about, and only when it is asked for.

/**
 * Wraps a pure computation over an immutable thing so that everyone who asks shares one result. It is kept as long as the
 * thing itself. The thing must never change: what is asked for later would not show it.
 */
export function onceFor<K extends object, V>(
  compute: (thing: K) => V,
): (thing: K) => V {
  const kept = new WeakMap<K, { readonly value: V }>();
  return (thing) => {
    const known = kept.get(thing);
    if (known !== undefined) return known.value;
    const value = compute(thing);
    kept.set(thing, { value });
    return value;
  };
}
