// An event is defined, but nobody publishes or consumes it.
import { defineRule } from './rule.ts';

/** Reports: `rule/unused-event`. */
export const unusedEvent = defineRule(
  {
    name: 'unused-event',
    area: 'delivery',
    severity: 'warning',
    profile: 'recommended',
    summary: 'An event is defined, but nobody publishes or consumes it.',
    message: '"{event}" is defined, but nobody publishes or consumes it',
    hint: 'Add "{event}" to a publisher and a consumer, or remove it.',
    why: 'A contract that nobody uses is read, kept and generated for nothing, or a participant was forgotten.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Publish-Subscribe Channel"',
  },
  ({ model, publicationsByEvent, subscriptionsByEvent }) =>
    model.events
      .filter(
        ({ name }) =>
          !publicationsByEvent().has(name) && !subscriptionsByEvent().has(name),
      )
      .map(({ name, origin }) => ({
        at: { pointer: origin, at: 'key' },
        event: name,
      })),
);
