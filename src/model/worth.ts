// Guarantees compared: how strong a declared delivery or an order is, and what a declaration is worth on each axis.
import type { Flow, HadOrdering, Publication, Worth } from './model.ts';
import type { Delivery } from './settings.ts';

const deliveryRanks: Readonly<Record<Delivery, number>> = {
  'at-most-once': 0,
  'at-least-once': 1,
  'exactly-once': 2,
};
const orderingRanks: Readonly<Record<HadOrdering, number>> = {
  none: 0,
  'within-channel': 1,
  'per-key': 2,
  'total-within-channel': 3,
  total: 4,
};

/** Ranks declared deliveries by what they cost: at-most-once 0, at-least-once 1, exactly-once 2. */
export function deliveryRank(delivery: Delivery): number {
  return deliveryRanks[delivery];
}

/** Ranks orders: none 0, within-channel 1, per-key 2, total-within-channel 3, total 4. */
export function orderingRank(ordering: HadOrdering): number {
  return orderingRanks[ordering];
}

/** Tells what a declaration promises: at-least-once loses nothing, at-most-once doubles nothing, exactly-once neither. */
export function promisedWorth({ delivery, ordering }: Flow['declared']): Worth {
  return {
    mayBeLost: delivery === 'at-most-once',
    mayBeDoubled: delivery === 'at-least-once',
    ordering,
  };
}

/** Tells whether a publisher commits state and publishes the event in two steps. */
export function isDualWrite({ hasOutbox, changesState }: Publication): boolean {
  return changesState.value && !hasOutbox.value;
}
