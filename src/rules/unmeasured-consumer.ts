// A consumer of a declared volume does not say how long it takes to handle a message, and would not keep up at the
// guess.
import { formatDuration, formatRate } from '../core/units.ts';
import { busyShare } from '../model/load.ts';
import { guessedHandling } from '../model/guessed-handling.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unmeasured-consumer`. */
export const unmeasuredConsumer = defineRule(
  {
    name: 'unmeasured-consumer',
    area: 'operations',
    severity: 'info',
    profile: 'recommended',
    summary:
      'A consumer of a declared volume does not say how long it takes to handle a message, and would not keep up at the guess.',
    message:
      'group "{group}" gets {peak} at peak, and at a guess of {guess} a message it would need {needed} lanes and has {lanes}',
    hint: 'Add "processing:" as measured to consumer "{service}", and "instances" to match.',
    why: "Partitions, lanes and alerts are sized from the handling time. The tool's guess is there so that something can be generated; it says nothing about this handler.",
    source: 'B. Gregg, Systems Performance, chapter 2 "Methodologies"',
  },
  (facts) =>
    facts.model.groups.flatMap((group) => {
      const { name, service, origin } = group;
      const sized = facts.capacity().groups.get(name);
      const guessed = guessedHandling(facts, group);
      if (
        guessed === null ||
        sized === undefined ||
        sized.peakUtilisation <= busyShare
      )
        return [];
      return [
        {
          at: origin,
          group: name,
          service,
          peak: formatRate(sized.load?.peakPerSecond ?? 0),
          guess: formatDuration(guessed.processingMs.value),
          needed: Math.ceil((sized.peakUtilisation * sized.lanes) / busyShare),
          lanes: sized.lanes,
        },
      ];
    }),
);
