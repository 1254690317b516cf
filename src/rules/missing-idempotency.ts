// A consumer that can be given a message twice does not say how it bears that.
import { gather } from '../core/gather.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/missing-idempotency`. */
export const missingIdempotency = defineRule(
  {
    name: 'missing-idempotency',
    area: 'idempotency',
    severity: 'warning',
    profile: 'minimal',
    summary:
      'A consumer that can be given a message twice does not say how it bears that.',
    message:
      '{service} can be given a message twice, and nothing makes the effect the same',
    hint: 'Set "idempotency: inbox" for consumer {service}, or "natural" when handling a message twice changes nothing.',
    why: 'At-least-once delivery repeats a message after every crash between effect and acknowledgement. A consumer that is not idempotent charges, counts or mails twice.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Idempotent Receiver"; microservices.io, "Idempotent Consumer"',
    joins: 'service',
  },
  ({ model, services }) => {
    const bare = model.subscriptions.filter(
      ({ service, idempotency, delivery, events }) =>
        // How a system outside bears it is not ours to say.
        services().get(service)?.isExternal !== true &&
        idempotency.value === 'none' &&
        delivery.value === 'at-least-once' &&
        events.length > 0,
    );
    const byService = gather(bare, ({ service, idempotency }) => [
      // A setting of the whole consumer is told once.
      idempotency.from === 'spec' ? idempotency.origin : service,
    ]);
    return [...byService.values()].flatMap((found) => {
      const [first] = found;
      if (first === undefined) return [];
      return [
        {
          at: first.idempotency.origin,
          service: first.service,
        },
      ];
    });
  },
);
