// Exactly-once is declared for a consumer that publishes nothing, so that its effect lies outside the transaction.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/effect-outside-transaction`. */
export const effectOutsideTransaction = defineRule(
  {
    name: 'effect-outside-transaction',
    area: 'delivery',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'Exactly-once is declared for a consumer that publishes nothing, so that its effect lies outside the transaction.',
    message:
      '"{service}" handles {events} exactly-once, but publishes nothing: what it does lies outside the transaction of the broker and can happen twice',
    hint: 'Declare "delivery: at-least-once" for {events} at consumer "{service}", and set "idempotency: inbox" there.',
    why: 'The transaction covers what is read and what is published in the same cluster. A file, a mail or a call is none of that: after a crash it is done again.',
    source: 'Apache Kafka documentation, "Message Delivery Semantics"',
  },
  ({ weakened, subscriptions }) =>
    (weakened().get('not-idempotent') ?? []).flatMap(({ origin, flows }) =>
      flows.slice(0, 1).map(({ subscription }) => ({
        at: origin,
        service: subscriptions().get(subscription ?? '')?.service ?? '',
        events: shortList([...new Set(flows.map(({ event }) => event))]),
      })),
    ),
);
