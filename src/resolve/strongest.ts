// Guarantees compared: which of several is the strongest.
import type { Delivery, Ordering, Sourced } from '../model/settings.ts';
import { deliveryRank, orderingRank } from '../model/worth.ts';

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
