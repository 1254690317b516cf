// The orders of a run: most go well, some are refused, cancelled, or poison to one of their consumers.
import type { Random } from './random.ts';

/** What becomes of an order. */
export const fates = [
  'paid',
  'shipped',
  'out-of-stock',
  'payment-refused',
  'cancelled',
  'flaky',
  'poison-permanent',
  'poison-transient',
  'poison-audit',
] as const;

export type Fate = (typeof fates)[number];

/** One order before it is placed. */
export interface PlannedOrder {
  readonly id: string;
  readonly fate: Fate;
  /** Body of the command `create`. */
  readonly input: object;
}

/** Out of 1000 orders; the rest is simply paid. */
const shares: readonly (readonly [Fate, number])[] = [
  ['shipped', 250],
  ['out-of-stock', 80],
  ['payment-refused', 80],
  ['cancelled', 150],
  ['flaky', 10],
  ['poison-permanent', 10],
  ['poison-transient', 10],
  ['poison-audit', 10],
];

const fateOf = (random: Random): Fate => {
  let left = random.integer(1000);
  for (const [fate, share] of shares) {
    if (left < share) return fate;
    left -= share;
  }
  return 'paid';
};

const skuOf = (fate: Fate): string => {
  if (fate === 'out-of-stock') return 'OUT-OF-STOCK';
  return fate === 'flaky' ? 'FLAKY' : 'A-1';
};

const orderOf = (random: Random, fate: Fate): PlannedOrder => ({
  id: random.uuid(),
  fate,
  input: {
    userId: random.uuid(),
    items: [
      { sku: skuOf(fate), quantity: 1 + random.integer(5), price: 950 },
      { sku: 'B-2', quantity: 1, price: 200 },
    ],
    total: fate === 'payment-refused' ? 200_000 : 1000 + random.integer(90_000),
    shipTo: {
      street: '1 Main St',
      city: 'Lyon',
      country: 'FR',
      ...(fate.startsWith('poison') && { notes: fate }),
    },
  },
});

/** Plans orders; each fate is there at least once where there are enough of them. */
export function planOrders(
  count: number,
  random: Random,
): readonly PlannedOrder[] {
  return Array.from({ length: count }, (_, index) =>
    orderOf(random, fates[index] ?? fateOf(random)),
  );
}
