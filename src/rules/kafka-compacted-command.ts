// The topic of a command is compacted.
import { defineRule } from './rule.ts';

/** Reports: `rule/kafka-compacted-command`. */
export const kafkaCompactedCommand = defineRule(
  {
    name: 'kafka-compacted-command',
    area: 'broker',
    severity: 'warning',
    profile: 'minimal',
    broker: 'kafka',
    summary: 'The topic of a command is compacted.',
    message:
      'the topic of command "{command}" is compacted, so an unread command is deleted by the next one of its key',
    hint: 'Remove "compaction" from channel "{channel}".',
    why: 'A command is work to be done, not a state to be known. Compaction keeps only the last of a key, whether the others were carried out or not.',
    source: 'Apache Kafka documentation, "Log Compaction"',
  },
  ({ model }) =>
    model.channels
      .filter(
        ({ isCompacted, kind }) => isCompacted.value && kind === 'command',
      )
      .map(({ name, events, isCompacted }) => ({
        at: isCompacted.origin,
        channel: name,
        command: events[0] ?? name,
      })),
);
