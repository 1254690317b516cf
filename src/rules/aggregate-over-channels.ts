// The events of one aggregate are spread over several channels.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/aggregate-over-channels`. */
export const aggregateOverChannels = defineRule(
  {
    name: 'aggregate-over-channels',
    area: 'ordering',
    severity: 'warning',
    profile: 'recommended',
    summary: 'The events of one aggregate are spread over several channels.',
    message:
      'the events of aggregate "{aggregate}" travel in the channels {channels}, so their order to each other is lost',
    hint: 'Put the events of "{aggregate}" into one channel: leave them out of "channels", or list them all under one.',
    why: 'Order holds within a channel. What happens to one aggregate is a sequence, and a consumer of two channels may read its end before its beginning.',
    source: 'Confluent, "Put Several Event Types in the Same Kafka Topic"',
  },
  ({ eventsByAggregate }) =>
    [...eventsByAggregate()].flatMap(([aggregate, events]) => {
      const ordered = events.filter(
        ({ ordering }) => ordering.value !== 'none',
      );
      const byChannel = gather(ordered, ({ channel }) => [channel]);
      if (byChannel.size < 2) return [];
      const names = [...byChannel.keys()].toSorted();
      return [
        {
          at: byChannel.get(names[0] ?? '')?.[0]?.origin ?? '',
          aggregate,
          channels: shortList(names),
        },
      ];
    }),
);
