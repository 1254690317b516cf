// An event is published, but nobody consumes it.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unconsumed-event`. */
export const unconsumedEvent = defineRule(
  {
    name: 'unconsumed-event',
    area: 'delivery',
    severity: 'info',
    profile: 'recommended',
    summary: 'An event is published, but nobody consumes it.',
    message: 'nobody consumes "{event}", published by {publishers}',
    hint: 'Subscribe a service to "{event}", write "public: true" when others outside this spec do, or remove it.',
    why: 'An event without a consumer costs storage and has to be kept compatible for nobody.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Publish-Subscribe Channel"',
  },
  ({ model, publicationsByEvent, subscriptionsByEvent, sourced }) =>
    model.events.flatMap(({ name, aggregate, isPublic, origin }) => {
      const published = publicationsByEvent().get(name);
      // The history of an event-sourced aggregate is read by the aggregate itself.
      const isHistory = sourced().has(aggregate ?? '');
      if (published === undefined || isPublic || isHistory) return [];
      if (subscriptionsByEvent().has(name)) return [];
      return [
        {
          at: { pointer: origin, at: 'key' },
          event: name,
          publishers: shortList(published.map((one) => one.service)),
        },
      ];
    }),
);
