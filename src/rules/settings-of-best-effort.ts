// A consumer that is given each message at most once is set to retry or to keep dead letters.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/settings-of-best-effort`. */
export const settingsOfBestEffort = defineRule(
  {
    name: 'settings-of-best-effort',
    area: 'errors',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A consumer that is given each message at most once is set to retry or to keep dead letters.',
    message:
      '"{pattern}" is delivered to "{service}" at most once, which leaves {settings} without effect',
    hint: 'Remove {settings} there, or declare "delivery: at-least-once" for "{pattern}" of consumer "{service}".',
    why: 'At-most-once means that the message is acknowledged before it is handled. When the handler fails there is nothing left to try again or to set aside, so the design promises what it does not do.',
    source:
      'Apache Kafka documentation, "Message Delivery Semantics"; RabbitMQ documentation, "Consumer Acknowledgements"',
  },
  ({ model }) =>
    model.subscriptions.flatMap(
      ({ pattern, service, delivery, retry, hasDeadLetter }) => {
        if (delivery.value !== 'at-most-once') return [];
        const isRetried = retry.from === 'spec' && retry.value.attempts > 1;
        const isKept = hasDeadLetter.from === 'spec' && hasDeadLetter.value;
        const settings = [
          ...(isRetried ? ['retry'] : []),
          ...(isKept ? ['deadLetter'] : []),
        ];
        if (settings.length === 0) return [];
        return [
          {
            at: isRetried ? retry.origin : hasDeadLetter.origin,
            settings: shortList(settings),
            pattern,
            service,
          },
        ];
      },
    ),
);
