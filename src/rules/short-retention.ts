// A channel forgets messages before a consumer is back from an outage of one hour.
import { shortList } from '../core/text.ts';
import { formatDuration } from '../core/units.ts';
import { toleratedOutageMs } from '../model/capacity.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/short-retention`. */
export const shortRetention = defineRule(
  {
    name: 'short-retention',
    area: 'delivery',
    severity: 'warning',
    profile: 'minimal',
    summary:
      'A channel forgets messages before a consumer is back from an outage of one hour.',
    message:
      'channel "{channel}" keeps messages for {retention}, so {consumers} would lose those of an outage of {outage}',
    hint: 'Set "retention" of {events} to at least the longest outage, such as 7d, or declare "delivery: at-most-once".',
    why: 'A log deletes by age and does not look whether a message was read. A consumer that is down for longer than the retention loses messages even when everything else is right.',
    source: 'Apache Kafka documentation, topic configuration "retention.ms"',
  },
  ({ weakened, channels, subscriptions }) =>
    (weakened().get('short-retention') ?? []).map(({ origin, flows }) => {
      const channel = channels().get(flows[0]?.channel ?? '');
      const retention = channel?.retention.value;
      const consumers = flows.map(
        ({ subscription }) => subscriptions().get(subscription ?? '')?.service,
      );
      return {
        at: origin,
        channel: channel?.name ?? '',
        retention:
          typeof retention === 'number' ? formatDuration(retention) : '',
        consumers: shortList([...new Set(consumers)].map(String)),
        events: shortList([...new Set(flows.map(({ event }) => event))]),
        outage: formatDuration(toleratedOutageMs),
      };
    }),
);
