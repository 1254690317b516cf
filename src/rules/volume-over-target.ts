// The volumes of the events add up to more than the system is to carry.
import { child } from '../core/pointer.ts';
import { shortList } from '../core/text.ts';
import { formatRate } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/volume-over-target`. */
export const volumeOverTarget = defineRule(
  {
    name: 'volume-over-target',
    area: 'operations',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'The volumes of the events add up to more than the system is to carry.',
    message: 'the events add up to {sum}, but the system is to carry {target}',
    hint: 'Raise "volume" of "context" to {sum}, or correct the volumes of {largest}.',
    why: 'One of the two numbers is wrong, and what is sized from it with it.',
    source:
      'J. Rao, "How to choose the number of topics/partitions in a Kafka cluster" (Confluent)',
  },
  ({ model }) => {
    const { ratePerSecond, origin } = model.context;
    const rates = model.events.map((event) => ({
      name: event.name,
      rate: event.volume?.value.ratePerSecond ?? 0,
    }));
    const sum = rates.reduce((total, { rate }) => total + rate, 0);
    if (ratePerSecond === null || sum <= ratePerSecond) return [];
    const largest = rates.toSorted(
      (left, right) =>
        right.rate - left.rate || (left.name < right.name ? -1 : 1),
    );
    return [
      {
        at: child(origin, 'volume'),
        sum: formatRate(sum),
        target: formatRate(ratePerSecond),
        largest: shortList(largest.slice(0, 2).map(({ name }) => name)),
      },
    ];
  },
);
