// The broker is the event store, but RabbitMQ is not told to keep the events.
import { own } from '../core/json.ts';
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/rabbitmq-lost-history`. */
export const rabbitmqLostHistory = defineRule(
  {
    name: 'rabbitmq-lost-history',
    area: 'broker',
    severity: 'error',
    profile: 'minimal',
    broker: 'rabbitmq',
    summary:
      'The broker is the event store, but RabbitMQ is not told to keep the events.',
    message:
      'aggregate "{aggregate}" is rebuilt from channel "{channel}", which keeps its events {kept}',
    hint: 'Set "retention: forever" for channel "{channel}" and leave the option "logs" out, or set "eventStore: postgresql".',
    why: 'A queue forgets what was acknowledged, and a stream what is older than its retention. An aggregate whose first events are gone cannot be rebuilt.',
    source: 'RabbitMQ documentation, "Streams: Data Retention"',
  },
  ({ model, sourced, eventsByAggregate, channels }) => {
    if (model.eventStore.value !== 'broker') return [];
    const hasLogs = own(model.broker.options, 'logs') !== 'never';
    return [...sourced()].flatMap((aggregate) => {
      const names = new Set(
        (eventsByAggregate().get(aggregate) ?? []).map(
          ({ channel }) => channel,
        ),
      );
      return [...names].flatMap((name) => {
        const retention = channels().get(name)?.retention;
        if (
          retention === undefined ||
          (hasLogs && retention.value === 'forever')
        )
          return [];
        const kept =
          retention.value === 'forever' || !hasLogs
            ? 'until they are acknowledged'
            : `for ${formatDuration(retention.value)}`;
        return [{ at: retention.origin, aggregate, channel: name, kept }];
      });
    });
  },
);
