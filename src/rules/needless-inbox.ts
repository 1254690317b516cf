// A consumer keeps an inbox for messages that are never delivered twice.
import { defineRule } from './rule.ts';

/** Reports: `rule/needless-inbox`. */
export const needlessInbox = defineRule(
  {
    name: 'needless-inbox',
    area: 'idempotency',
    severity: 'info',
    profile: 'strict',
    summary:
      'A consumer keeps an inbox for messages that are never delivered twice.',
    message:
      '"{service}" keeps an inbox for "{pattern}", which is delivered at most once',
    hint: 'Remove "idempotency: inbox" for "{pattern}" of consumer "{service}", or declare "delivery: at-least-once" there.',
    why: 'At-most-once delivery has no duplicates, so the inbox costs a write for each message and finds nothing.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Idempotent Receiver"',
  },
  ({ model, publicationsByEvent }) =>
    model.subscriptions
      .filter(
        ({ idempotency, delivery, events }) =>
          idempotency.value === 'inbox' &&
          idempotency.from === 'spec' &&
          delivery.value === 'at-most-once' &&
          // The relay of an outbox repeats messages whatever their delivery.
          !events.some((event) =>
            (publicationsByEvent().get(event) ?? []).some(
              ({ hasOutbox }) => hasOutbox.value,
            ),
          ),
      )
      .map(({ service, pattern, idempotency }) => ({
        at: idempotency.origin,
        service,
        pattern,
      })),
);
