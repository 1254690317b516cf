// A consumer group is busy for more than seventy percent of its time at peak.
import { formatRate } from '../core/units.ts';
import { busyShare } from '../model/load.ts';
import { guessedHandling } from '../model/guessed-handling.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/busy-consumer`. */
export const busyConsumer = defineRule(
  {
    name: 'busy-consumer',
    area: 'operations',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A consumer group is busy for more than seventy percent of its time at peak.',
    message:
      'group "{group}" needs {share}% of what it can do at its peak of {peak}',
    hint: 'Give consumer "{service}" at least {needed} lanes ("instances" times "concurrency"), or make its handler faster.',
    why: 'The time that messages wait grows with u / (1 - u): at 70% busy it is more than twice the handling time, at 90% nine times, and at 100% it has no end. Nothing is left to work off a backlog.',
    source:
      'A. Allen, Probability, Statistics and Queueing Theory (M/M/c waiting time)',
  },
  (facts) =>
    facts.model.groups.flatMap((group) => {
      const { name, service, concurrency } = group;
      const sized = facts.capacity().groups.get(name);
      if (guessedHandling(facts, group) !== null) return [];
      if (
        sized === undefined ||
        sized.utilisation >= 1 ||
        sized.peakUtilisation <= busyShare
      )
        return [];
      return [
        {
          at: concurrency.origin,
          group: name,
          service,
          share: Math.round(sized.peakUtilisation * 100),
          peak: formatRate(sized.load?.peakPerSecond ?? 0),
          needed: Math.ceil((sized.peakUtilisation * sized.lanes) / busyShare),
        },
      ];
    }),
);
