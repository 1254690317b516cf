// The attempts of a blocking retry take longer than the channel keeps messages.
import { formatDuration } from '../core/units.ts';
import { retryDelays } from '../model/retry-delays.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/retry-outlives-retention`. */
export const retryOutlivesRetention = defineRule(
  {
    name: 'retry-outlives-retention',
    area: 'errors',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'The attempts of a blocking retry take longer than the channel keeps messages.',
    message:
      'the retry of "{pattern}" at "{service}" takes {held}, but channel "{channel}" keeps messages for {retention}',
    hint: 'Raise the retention of channel "{channel}" above {held}, or lower "attempts" or "max" of that retry.',
    why: 'While one message is tried again in place, those behind it grow old. When the retention is over they are deleted or expire before anyone has read them.',
    source:
      'Apache Kafka documentation, topic configuration "retention.ms"; RabbitMQ documentation, "Time-To-Live and Expiration"',
  },
  ({ model, events, channels }) =>
    model.subscriptions.flatMap(
      ({ pattern, service, retry, events: names }) => {
        if (retry.value.mode !== 'blocking') return [];
        const held = retryDelays(retry.value).reduce(
          (sum, delay) => sum + delay,
          0,
        );
        const carriers = new Set(
          names.map((name) => events().get(name)?.channel ?? ''),
        );
        const short = [...carriers].flatMap((name) => {
          const retention = channels().get(name)?.retention.value ?? 'forever';
          return retention === 'forever' || retention > held
            ? []
            : [{ name, retention }];
        });
        return short.slice(0, 1).map(({ name, retention }) => ({
          at: retry.origin,
          pattern,
          service,
          held: formatDuration(held),
          channel: name,
          retention: formatDuration(retention),
        }));
      },
    ),
);
