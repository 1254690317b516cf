// Exactly-once is declared for a consumer that publishes, and the code that is generated opens no transaction for it.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/untransacted-forwarding`. */
export const untransactedForwarding = defineRule(
  {
    name: 'untransacted-forwarding',
    area: 'delivery',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'Exactly-once is declared for a consumer that publishes, and the generated code opens no transaction for it.',
    message:
      '"{service}" handles {events} exactly-once and publishes, but the generated code opens no transaction of the broker: after a crash, what it publishes can come twice',
    hint: 'Declare "delivery: at-least-once" and "idempotency: inbox" for {events} at consumer "{service}", and "outbox: true" at publisher "{service}"; or write this consumer by hand, with the transactional settings that are generated for its clients.',
    why: 'Only a transaction that commits what was read together with what was published gives exactly-once from topic to topic. The settings and rights for it are generated; code that opens it is not.',
    source:
      'Apache Kafka documentation, "Message Delivery Semantics"; KIP-98 "Exactly Once Delivery and Transactional Messaging"',
  },
  ({ weakened, subscriptions }) =>
    (weakened().get('untransacted') ?? []).flatMap(({ origin, flows }) => {
      const services = new Map<string, string[]>();
      for (const { event, subscription } of flows) {
        const service = subscriptions().get(subscription ?? '')?.service ?? '';
        const events = services.get(service) ?? [];
        if (!events.includes(event)) events.push(event);
        services.set(service, events);
      }
      return [...services].map(([service, events]) => ({
        at: origin,
        service,
        events: shortList(events),
      }));
    }),
);
