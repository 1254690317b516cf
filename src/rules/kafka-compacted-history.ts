// A compacted topic carries several kinds of events.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/kafka-compacted-history`. */
export const kafkaCompactedHistory = defineRule(
  {
    name: 'kafka-compacted-history',
    area: 'broker',
    severity: 'warning',
    profile: 'minimal',
    broker: 'kafka',
    summary: 'A compacted topic carries several kinds of events.',
    message:
      'topic "{channel}" is compacted and carries {events}, so a later one deletes those before it with the same key',
    hint: 'Remove "compaction" from channel "{channel}", or carry one event there that tells the whole state.',
    why: 'Compaction keeps the last message of a key, of whatever kind. A consumer that reads from the beginning sees an order paid that was never created.',
    source: 'Apache Kafka documentation, "Log Compaction"',
  },
  ({ model }) =>
    model.channels
      .filter(
        ({ isCompacted, events }) => isCompacted.value && events.length > 1,
      )
      .map(({ name, events, isCompacted }) => ({
        at: isCompacted.origin,
        channel: name,
        events: shortList(events),
      })),
);
