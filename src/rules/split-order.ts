// A service wants events of one key in order, but they reach it through several channels.
import { shortList } from '../core/text.ts';
import { keyName } from '../model/event-key.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/split-order`. */
export const splitOrder = defineRule(
  {
    name: 'split-order',
    area: 'ordering',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A service wants events of one key in order, but they reach it through several channels.',
    message:
      '"{service}" gets {events} of one "{key}" through the channels {channels}, so their order to each other is not kept',
    hint: 'Put them into one channel: write the same "aggregate: <name>" on each, or "events: [{list}]" under one name of "channels". Where their order does not matter, write "ordering: none" at consumer "{service}".',
    why: 'Order holds within a channel: in a partition of one topic, or in a queue. Two channels are read side by side, and a cancellation can be handled before what it cancels.',
    source: 'Confluent, "Put Several Event Types in the Same Kafka Topic"',
  },
  ({ weakened, subscriptions, events }) =>
    (weakened().get('several-channels') ?? []).flatMap(({ origin, flows }) => {
      const split = flows.flatMap((flow) => {
        const found = subscriptions().get(flow.subscription ?? '');
        return found?.role.kind === 'written'
          ? [{ ...flow, service: found.service }]
          : [];
      });
      const [first] = split;
      if (first === undefined) return [];
      const key = events().get(first.event)?.key ?? null;
      const names = [...new Set(split.map(({ event }) => event))];
      return [
        {
          at: { pointer: origin, at: 'key' },
          service: first.service,
          events: shortList(names),
          list: names.join(', '),
          key: key === null ? '' : keyName(key),
          channels: shortList([
            ...new Set(split.map(({ channel }) => channel)),
          ]),
        },
      ];
    }),
);
