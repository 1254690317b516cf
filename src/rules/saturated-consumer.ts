// A consumer group handles less than what arrives, so that it falls behind for ever.
import { formatRate } from '../core/units.ts';
import { busyShare } from '../model/load.ts';
import { guessedHandling } from '../model/guessed-handling.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/saturated-consumer`. */
export const saturatedConsumer = defineRule(
  {
    name: 'saturated-consumer',
    area: 'operations',
    severity: 'error',
    profile: 'minimal',
    summary:
      'A consumer group handles less than what arrives, so that it falls behind for ever.',
    message:
      'group "{group}" can handle {capacity} and gets {rate}, so it falls behind until messages are lost',
    hint: 'Give consumer "{service}" at least {needed} lanes ("instances" times "concurrency"), or make its handler faster.',
    why: 'A queue that is filled faster than it is emptied grows without bound. Sooner or later the retention deletes what was not read, or the queue refuses its publishers.',
    source:
      'J. Little, "A Proof for the Queuing Formula L = λW"; A. Allen, Probability, Statistics and Queueing Theory',
  },
  (facts) =>
    facts.model.groups.flatMap((group) => {
      const { name, service, concurrency } = group;
      const sized = facts.capacity().groups.get(name);
      if (guessedHandling(facts, group) !== null) return [];
      if (sized === undefined || sized.utilisation < 1) return [];
      return [
        {
          at: concurrency.origin,
          group: name,
          service,
          capacity: formatRate(sized.capacityPerSecond ?? 0),
          rate: formatRate(sized.load?.ratePerSecond ?? 0),
          needed: Math.ceil((sized.utilisation * sized.lanes) / busyShare),
        },
      ];
    }),
);
