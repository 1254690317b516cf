// A consumer wants order, but the event has no key and its channel several partitions.
import { defineRule } from './rule.ts';

/** Reports: `rule/unkeyed-order`. */
export const unkeyedOrder = defineRule(
  {
    name: 'unkeyed-order',
    area: 'ordering',
    severity: 'error',
    profile: 'minimal',
    summary:
      'A consumer wants order, but the event has no key and its channel several partitions.',
    message:
      '"{service}" wants "{event}" in order ({ordering}), but it has no key, so its {partitions} partitions are filled at random',
    hint: 'Add "key: <field>" to event "{event}", or "ordering: none" for it at consumer "{service}".',
    why: 'The key decides the partition, and order holds in a partition only. Without a key two messages about one thing are read in any order.',
    source: 'Apache Kafka documentation, "Producer configs: partitioner.class"',
  },
  ({ weakened, capacity, subscriptions }) =>
    (weakened().get('no-key') ?? []).flatMap(({ origin, flows }) =>
      flows.slice(0, 1).map(({ event, channel, subscription, declared }) => ({
        at: { pointer: origin, at: 'key' },
        event,
        service:
          subscriptions().get(subscription ?? '')?.service ?? 'the system',
        ordering: declared.ordering,
        partitions: capacity().channels.get(channel)?.partitions.value ?? 0,
      })),
    ),
);
