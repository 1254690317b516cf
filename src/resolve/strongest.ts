// Guarantees compared: which of several is the strongest, and which the weakest.
import type { Delivery, Ordering, Sourced } from '../model/settings.ts';

const deliveryRanks: Readonly<Record<Delivery, number>> = {
  'at-most-once': 0,
  'at-least-once': 1,
  'exactly-once': 2,
};
const orderingRanks: Readonly<Record<Ordering, number>> = {
  none: 0,
  'per-key': 1,
  total: 2,
};

/** Ranks deliveries: at-most-once 0, at-least-once 1, exactly-once 2. */
export function deliveryRank(delivery: Delivery): number {
  return deliveryRanks[delivery];
}

/** Ranks orderings: none 0, per-key 1, total 2. */
export function orderingRank(ordering: Ordering): number {
  return orderingRanks[ordering];
}

/** Gives the strongest of several deliveries, the first of equals; null of none. */
export function strongestDelivery(
  choices: readonly Sourced<Delivery>[],
): Sourced<Delivery> | null {
  return strongest(choices, deliveryRank);
}

/** Gives the strongest of several orderings, the first of equals; null of none. */
export function strongestOrdering(
  choices: readonly Sourced<Ordering>[],
): Sourced<Ordering> | null {
  return strongest(choices, orderingRank);
}

function strongest<T>(
  choices: readonly Sourced<T>[],
  rank: (value: T) => number,
): Sourced<T> | null {
  let best: Sourced<T> | null = null;
  for (const choice of choices)
    if (best === null || rank(choice.value) > rank(best.value)) best = choice;
  return best;
}
