// Exactly-once delivery is asked of a Kafka whose transactions can be torn.
import { defineRule } from './rule.ts';

/** Reports: `rule/kafka-old-transactions`. */
export const kafkaOldTransactions = defineRule(
  {
    name: 'kafka-old-transactions',
    area: 'broker',
    severity: 'warning',
    profile: 'recommended',
    broker: 'kafka',
    summary:
      'Exactly-once delivery is asked of a Kafka whose transactions can be torn.',
    message:
      '"{service}" counts on exactly-once delivery of "{pattern}", and Kafka {version} is older than 4.0',
    hint: 'Raise "version" of "broker" to 4.0 or newer, or use "delivery: at-least-once" with "idempotency: inbox" for "{pattern}" at "{service}".',
    why: 'Before 4.0 a commit or abort that was delayed on the network could end a later transaction of the same producer. KIP-890 numbers each transaction, so that the broker refuses it.',
    source:
      'KIP-890 "Transactions Server-Side Defense"; Jepsen, "Bufstream 0.1.0" (2024)',
  },
  ({ model }) => {
    const { value: version } = model.broker.version;
    if (Number(version.split('.')[0]) >= 4) return [];
    return model.subscriptions
      .filter(({ delivery }) => delivery.value === 'exactly-once')
      .map(({ service, pattern, delivery }) => ({
        at: delivery.origin,
        service,
        pattern,
        version,
      }));
  },
);
