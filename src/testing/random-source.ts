// Choices for builders of random values: one seed, many draws; the same seed gives the same value on every machine.

export interface RandomSource {
  /** A whole number from `min` to `max`, both included. */
  readonly int: (min: number, max: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Between `min` and `max` different items, in their order. */
  readonly some: <T>(
    items: readonly T[],
    min: number,
    max: number,
  ) => readonly T[];
  /** The value, or nothing, so that an optional property is there or not. */
  readonly maybe: <T>(share: number, make: () => T) => T | undefined;
}

/** Makes a source of a seed: mulberry32, 32 bits. */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number): number =>
    min + Math.floor(next() * (max - min + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('nothing to pick from');
    // The index is within the list.
    return items[int(0, items.length - 1)] as T;
  };
  const chance = (share: number): boolean => next() < share;
  return {
    int,
    chance,
    pick,
    some: (items, min, max) => {
      const left = [...items];
      const wanted = Math.min(left.length, int(min, Math.max(min, max)));
      while (left.length > wanted) left.splice(int(0, left.length - 1), 1);
      return left;
    },
    maybe: (share, make) => (chance(share) ? make() : undefined),
  };
}
