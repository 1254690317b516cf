// An outage would leave more messages than a queue is made to hold.
import { own } from '../core/json.ts';
import { formatDuration, parseDuration } from '../core/units.ts';
import { toleratedOutageMs } from '../model/capacity.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/rabbitmq-long-backlog`. */
export const rabbitmqLongBacklog = defineRule(
  {
    name: 'rabbitmq-long-backlog',
    area: 'broker',
    severity: 'warning',
    profile: 'recommended',
    broker: 'rabbitmq',
    summary:
      'An outage would leave more messages than a queue is made to hold.',
    message:
      'an outage of {outage} leaves {backlog} messages for "{group}", and a queue is made for {limit}',
    hint: 'Lower "outage" in the options of "broker", split the events of "{group}", or let it read a stream (a channel with a retention of its own).',
    why: 'A quorum queue keeps every waiting message in its log and its index in memory. Publishers are refused when its limit is reached, long before the outage is over.',
    source:
      'RabbitMQ documentation, "Quorum Queues: When Not to Use Quorum Queues"',
  },
  ({ model, capacity }) => {
    const outage = own(model.broker.options, 'outage');
    const written = typeof outage === 'string' ? parseDuration(outage) : null;
    const outageMs = written ?? toleratedOutageMs;
    return model.groups.flatMap(({ name, delivery, origin }) => {
      const load = capacity().groups.get(name)?.load;
      // The option promises to bear its outage at peak; nobody promised more than the mean for the default.
      const rate = written === null ? load?.ratePerSecond : load?.peakPerSecond;
      const backlog = Math.round(((rate ?? 0) * outageMs) / 1000);
      if (backlog <= longestQueue || delivery.value === 'at-most-once')
        return [];
      return [
        {
          at: origin,
          group: name,
          outage: formatDuration(outageMs),
          backlog,
          limit: longestQueue,
        },
      ];
    });
  },
);

/** Backlogs of more than five million messages are named as a case for streams. */
const longestQueue = 5_000_000;
