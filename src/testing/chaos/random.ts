// Chances that a seed decides, so that a run can be repeated with the same orders and the same choice of faults.

/** A source of chance. */
export interface Random {
  /** From 0 up to, and without, 1. */
  readonly next: () => number;
  /** From 0 up to, and without, `below`. */
  readonly integer: (below: number) => number;
  /** One of the items. Throws on none. */
  readonly pick: <T>(items: readonly T[]) => T;
  readonly uuid: () => string;
}

/** Makes a source from a seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => integer(16).toString(16)).join('');
  return {
    next,
    integer,
    pick: (items) => {
      const found = items[integer(items.length)];
      if (found === undefined) throw new Error('there is nothing to pick from');
      return found;
    },
    uuid: () =>
      `${hex(8)}-${hex(4)}-4${hex(3)}-${(8 + integer(4)).toString(16)}${hex(3)}-${hex(12)}`,
  };
}
