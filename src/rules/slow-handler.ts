// Handling one message takes more than a minute.
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/slow-handler`. */
export const slowHandler = defineRule(
  {
    name: 'slow-handler',
    area: 'errors',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Handling one message takes more than a minute.',
    message:
      '"{service}" takes {processing} to handle one "{pattern}", and holds it unacknowledged as long',
    hint: 'Let "{service}" only record the work of "{pattern}" and acknowledge, and do it in the background; publish an event when it is done.',
    why: 'The broker sees a consumer that holds a message as busy or dead. A restart loses minutes of work, rebalances and consumer timeouts hand the message to another copy that starts again, and everything behind it waits.',
    source:
      'Apache Kafka documentation, consumer configuration "max.poll.interval.ms"; RabbitMQ documentation, "Consumer acknowledgement timeout"',
  },
  ({ model }) =>
    model.subscriptions
      .filter(({ processingMs }) => processingMs.value > 60_000)
      .map(({ service, pattern, processingMs }) => ({
        at: processingMs.origin,
        service,
        pattern,
        processing: formatDuration(processingMs.value),
      })),
);
