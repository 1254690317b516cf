// A channel forgets messages before a consumer is back from an outage of one hour.
import { shortList } from '../core/text.ts';
import { formatDuration } from '../core/units.ts';
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import { toleratedOutageMs } from '../model/capacity.ts';
import { weakerThanDeclared, whereDeclared } from '../model/declared.ts';
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
    hint: 'Set "retention: 7d" (at least the longest outage) {place}, or declare "delivery: at-most-once" {where}.',
    why: 'A log deletes by age and does not look whether a message was read. A consumer that is down for longer than the retention loses messages even when everything else is right.',
    source: 'Apache Kafka documentation, topic configuration "retention.ms"',
  },
  (facts) =>
    weakerThanDeclared(facts, 'short-retention', 'loss').map(
      ({ origin, flows }) => {
        const { channels, subscriptions } = facts;
        const channel = channels().get(flows[0]?.channel ?? '');
        const retention = channel?.retention.value;
        const consumers = flows.map(
          ({ subscription }) =>
            subscriptions().get(subscription ?? '')?.service,
        );
        return {
          at: origin,
          channel: channel?.name ?? '',
          retention:
            typeof retention === 'number' ? formatDuration(retention) : '',
          consumers: shortList([...new Set(consumers)].map(String)),
          place: placeOf(origin),
          outage: formatDuration(toleratedOutageMs),
          where: whereDeclared(flows, 'loss', facts),
        };
      },
    ),
);

/** A channel's own word goes before those of its events, and theirs before that of the system. */
function placeOf(origin: Pointer): string {
  const [section = '', name = ''] = segmentsOf(origin);
  switch (section) {
    case 'channels':
      return `for channel "${name}"`;
    case 'events':
      return `on "${name}"`;
    default:
      return `under "${section}"`;
  }
}
