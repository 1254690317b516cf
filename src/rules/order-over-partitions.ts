// A total order is declared on a channel of several partitions.
import { shortList } from '../core/text.ts';
import { whereDeclared } from '../model/declared.ts';
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
    hint: 'Set "partitions: 1" for channel "{channel}", or declare "ordering: per-key" {where}.',
    why: 'A log is ordered within one partition only. Messages of two partitions are read in any order, whatever the consumers do.',
    source: 'Apache Kafka documentation, "Introduction: topics and partitions"',
  },
  (facts) =>
    (facts.weakened().get('several-partitions') ?? []).map(
      ({ origin, flows }) => {
        const channel = flows[0]?.channel ?? '';
        const { partitions } = facts.capacity().channels.get(channel) ?? {};
        return {
          at: origin,
          channel,
          partitions: partitions?.value ?? 0,
          events: shortList([...new Set(flows.map(({ event }) => event))]),
          where: whereDeclared(flows, 'order', facts),
        };
      },
    ),
);
