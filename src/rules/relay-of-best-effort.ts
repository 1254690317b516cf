// Messages that are to come at most once are published through an outbox, whose relay repeats them.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/relay-of-best-effort`. */
export const relayOfBestEffort = defineRule(
  {
    name: 'relay-of-best-effort',
    area: 'delivery',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'Messages that are to come at most once are published through an outbox, whose relay repeats them.',
    message:
      '"{service}" publishes {events} through an outbox, whose relay can publish them twice, so they act twice at {consumers} although at-most-once is declared',
    hint: 'Set "idempotency: inbox" for {events} at {consumers}, or publish {events} from a publisher without "outbox".',
    why: 'A relay that stops before it notes a confirmation publishes again. Acknowledging before handling does not help: the repeat is a message of its own to the broker.',
    source:
      'C. Richardson, Microservices Patterns, "Transactional outbox" (microservices.io); Apache Kafka documentation, "Message Delivery Semantics"',
  },
  ({ weakened, subscriptions }) =>
    (weakened().get('relay-repeats') ?? []).flatMap(({ origin, flows }) => {
      const consumed = flows.flatMap((flow) => {
        const found = subscriptions().get(flow.subscription ?? '');
        return found === undefined ? [] : [{ flow, service: found.service }];
      });
      const [first] = consumed;
      if (first === undefined) return [];
      return [
        {
          at: origin,
          service: first.flow.publisher ?? '',
          events: shortList([
            ...new Set(consumed.map(({ flow }) => flow.event)),
          ]),
          consumers: shortList([
            ...new Set(consumed.map(({ service }) => service)),
          ]),
        },
      ];
    }),
);
