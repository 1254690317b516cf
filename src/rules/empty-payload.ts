// An event has no payload.
import { defineRule } from './rule.ts';

/** Reports: `rule/empty-payload`. */
export const emptyPayload = defineRule(
  {
    name: 'empty-payload',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'An event has no payload.',
    message:
      '"{event}" has no payload, so its consumers cannot tell what it is about',
    hint: 'Add "payload:" with at least the identity of what "{event}" is about, or "schema:".',
    why: 'Without a payload there is no contract to check, no key to order by, and every consumer has to ask back what happened.',
    source:
      'CloudEvents 1.0, "data"; M. Fowler, "What do you mean by Event-Driven?"',
  },
  ({ model }) =>
    model.events
      .filter(
        ({ payload }) => payload.fields.length === 0 && payload.schema === null,
      )
      .map(({ name, origin }) => ({
        at: { pointer: origin, at: 'key' },
        event: name,
      })),
);
