// A service wants events in order, but they reach it through several channels.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/split-order`. */
export const splitOrder = defineRule(
  {
    name: 'split-order',
    area: 'ordering',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A service wants events in order, but they reach it through several channels.',
    message:
      'the order of {events} to each other is not kept for {service}: they come through the channels {channels}',
    hint: 'Put them into one channel: write "events: [{list}]" under one name of "channels", and list them nowhere else. Where their order does not matter, write "ordering: none" at consumer {service}.',
    why: 'Order holds within a channel: in a partition of one topic, or in a queue. Two channels are read side by side, and a cancellation can be handled before what it cancels.',
    source: 'Confluent, "Put Several Event Types in the Same Kafka Topic"',
    joins: 'service',
  },
  ({ weakened, subscriptions }) =>
    (weakened().get('several-channels') ?? []).flatMap(({ origin, flows }) => {
      const split = flows.flatMap((flow) => {
        const found = subscriptions().get(flow.subscription ?? '');
        return found?.role.kind === 'written'
          ? [{ ...flow, service: found.service }]
          : [];
      });
      const [first] = split;
      if (first === undefined) return [];
      const names = [...new Set(split.map(({ event }) => event))];
      return [
        {
          at: { pointer: origin, at: 'key' },
          service: first.service,
          events: shortList(names),
          list: names.join(', '),
          channels: shortList([
            ...new Set(split.map(({ channel }) => channel)),
          ]),
        },
      ];
    }),
);
