// A non-blocking retry breaks the order that a consumer relies on.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/overtaking-retry`. */
export const overtakingRetry = defineRule(
  {
    name: 'overtaking-retry',
    area: 'ordering',
    severity: 'warning',
    profile: 'minimal',
    summary: 'A non-blocking retry breaks the order that a consumer relies on.',
    message:
      '"{service}" wants {events} in order ({ordering}), but sets failed messages aside, so later ones of the same key overtake them',
    hint: 'Set "mode: blocking" in the retry of {events} of consumer "{service}", or "ordering: none" when their order does not matter there.',
    why: 'A message that waits in a retry topic or queue is handled after those that came behind it. An update is then applied to something that a later update has already changed.',
    source:
      'Confluent, "Error Handling Patterns for Apache Kafka Applications"; Hohpe and Woolf, Enterprise Integration Patterns, "Resequencer"',
  },
  ({ weakened, subscriptions }) =>
    (weakened().get('non-blocking-retry') ?? []).map(({ origin, flows }) => ({
      at: origin,
      service: subscriptions().get(flows[0]?.subscription ?? '')?.service ?? '',
      events: shortList([...new Set(flows.map(({ event }) => event))]),
      ordering: flows[0]?.declared.ordering ?? '',
    })),
);
