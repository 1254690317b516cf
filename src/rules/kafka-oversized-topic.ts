// A topic has more than ten times the partitions that it needs.
import { defineRule } from './rule.ts';

/** Reports: `rule/kafka-oversized-topic`. */
export const kafkaOversizedTopic = defineRule(
  {
    name: 'kafka-oversized-topic',
    area: 'broker',
    severity: 'info',
    profile: 'recommended',
    broker: 'kafka',
    summary: 'A topic has more than ten times the partitions that it needs.',
    message:
      'topic "{channel}" has {partitions} partitions, and the formula gives {computed}: {formula}',
    hint: 'Lower "partitions" of channel "{channel}" before its topic is made, or declare the volume that asks for so many.',
    why: 'Each partition costs files, memory, replication traffic and time at each failover, and their number cannot be lowered once the topic is there.',
    source:
      'J. Rao, "How to choose the number of topics/partitions in a Kafka cluster" (Confluent)',
  },
  ({ capacity }) =>
    [...capacity().channels.values()].flatMap(({ channel, partitions }) => {
      const { value, computed, formula, origin } = partitions;
      if (value <= 10 * computed) return [];
      return [{ at: origin, channel, partitions: value, computed, formula }];
    }),
);
