// A blocking retry holds everything behind one message for more than ten minutes.
import { formatDuration } from '../core/units.ts';
import { retryDelays } from '../model/retry-delays.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/long-blocking-retry`. */
export const longBlockingRetry = defineRule(
  {
    name: 'long-blocking-retry',
    area: 'errors',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A blocking retry holds everything behind one message for more than ten minutes.',
    message:
      'one failing message of "{pattern}" holds up "{service}" for {held}, since its retry is blocking',
    hint: 'Lower "attempts" or "max" in the retry of "{pattern}" at consumer "{service}", so that the delays add up to less than {limit}.',
    why: 'While a message is tried again in place, those behind it in its partition or lane wait. One poison message then delays every key that it shares the lane with.',
    source:
      'Confluent, "Error Handling Patterns for Apache Kafka Applications"; RabbitMQ documentation, "Consumer acknowledgement timeout"',
  },
  ({ model }) =>
    model.subscriptions.flatMap(({ pattern, service, retry }) => {
      const held = retryDelays(retry.value).reduce(
        (sum, delay) => sum + delay,
        0,
      );
      if (retry.value.mode !== 'blocking' || held <= limitMs) return [];
      return [
        {
          at: retry.origin,
          pattern,
          service,
          held: formatDuration(held),
          limit: formatDuration(limitMs),
        },
      ];
    }),
);

/** Longer than a restart or a failover, shorter than an outage that people should hear of. */
const limitMs = 600_000;
