// A topic has fewer partitions than its declared volume needs.
import { guessedHandling } from '../model/guessed-handling.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/kafka-too-few-partitions`. */
export const kafkaTooFewPartitions = defineRule(
  {
    name: 'kafka-too-few-partitions',
    area: 'broker',
    severity: 'warning',
    profile: 'recommended',
    broker: 'kafka',
    summary: 'A topic has fewer partitions than its declared volume needs.',
    message:
      'topic "{channel}" has {partitions} partitions, and its peak needs {needed}: {formula}',
    hint: 'Set "partitions: {computed}" for channel "{channel}", or remove it to leave the number to the formula.',
    why: 'A partition is read by one consumer of a group and takes some ten megabytes a second. What does not fit waits, and adding partitions later moves keys and breaks their order.',
    source:
      'J. Rao, "How to choose the number of topics/partitions in a Kafka cluster" (Confluent)',
  },
  (facts) =>
    [...facts.capacity().channels.values()].flatMap(
      ({ channel, partitions }) => {
        const groups = facts.groupsByChannel().get(channel) ?? [];
        // What rests on a guess has a rule of its own.
        const isMeasured = groups.every(
          (group) => guessedHandling(facts, group) === null,
        );
        const forConsuming = isMeasured ? (partitions.forConsuming ?? 0) : 0;
        const needed = Math.max(partitions.forProducing ?? 0, forConsuming);
        if (partitions.value >= needed) return [];
        return [
          {
            at: partitions.origin,
            channel,
            partitions: partitions.value,
            needed,
            formula: partitions.formula,
            computed: partitions.computed,
          },
        ];
      },
    ),
);
