// A total order is declared on a channel of several partitions.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/order-over-partitions`. */
export const orderOverPartitions = defineRule(
  {
    name: 'order-over-partitions',
    area: 'ordering',
    severity: 'error',
    profile: 'minimal',
    summary: 'A total order is declared on a channel of several partitions.',
    message:
      'channel "{channel}" has {partitions} partitions, so the total order of {events} is not had',
    hint: 'Set "partitions: 1" for channel "{channel}", or "ordering: per-key" for {events}.',
    why: 'A log is ordered within one partition only. Messages of two partitions are read in any order, whatever the consumers do.',
    source: 'Apache Kafka documentation, "Introduction: topics and partitions"',
  },
  ({ weakened, capacity }) =>
    (weakened().get('several-partitions') ?? []).map(({ origin, flows }) => {
      const channel = flows[0]?.channel ?? '';
      return {
        at: origin,
        channel,
        partitions: capacity().channels.get(channel)?.partitions.value ?? 0,
        events: shortList([...new Set(flows.map(({ event }) => event))]),
      };
    }),
);
