// A consumer drops a message after its last attempt, although its delivery is not to lose any.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/missing-dead-letter`. */
export const missingDeadLetter = defineRule(
  {
    name: 'missing-dead-letter',
    area: 'delivery',
    severity: 'warning',
    profile: 'minimal',
    summary:
      'A consumer drops a message after its last attempt, although its delivery is not to lose any.',
    message:
      '"{service}" drops {events} after the last attempt, although {delivery} is declared',
    hint: 'Set "deadLetter: true" for {events} of consumer "{service}", or declare "delivery: at-most-once" there.',
    why: 'A message that fails every attempt is either kept for a person or lost. Dropping it breaks at-least-once without a trace.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Dead Letter Channel"',
  },
  ({ weakened, subscriptions }) =>
    (weakened().get('no-dead-letter') ?? []).map(({ origin, flows }) => ({
      at: origin,
      service: subscriptions().get(flows[0]?.subscription ?? '')?.service ?? '',
      events: shortList([...new Set(flows.map(({ event }) => event))]),
      delivery: flows[0]?.declared.delivery ?? '',
    })),
);
