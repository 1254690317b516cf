// An event is consumed, but nobody publishes it.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unpublished-event`. */
export const unpublishedEvent = defineRule(
  {
    name: 'unpublished-event',
    area: 'delivery',
    severity: 'warning',
    profile: 'minimal',
    summary: 'An event is consumed, but nobody publishes it.',
    message:
      'nobody publishes "{event}", for which {consumers} would wait for ever',
    hint: 'Name the service that publishes "{event}" under "publishers" ({candidate}), or remove its subscriptions.',
    why: 'A handler of an event that never comes is dead code, or the sign that its publisher was forgotten.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Publish-Subscribe Channel"',
  },
  ({ model, publicationsByEvent, subscriptionsByEvent, aggregates }) =>
    model.events.flatMap(({ name, aggregate, origin }) => {
      const subscribed = subscriptionsByEvent().get(name);
      if (subscribed === undefined || publicationsByEvent().has(name))
        return [];
      const owner = aggregates().get(aggregate ?? '')?.service;
      return [
        {
          at: { pointer: origin, at: 'key' },
          event: name,
          consumers: shortList([
            ...new Set(subscribed.map((one) => one.service)),
          ]),
          candidate:
            owner === undefined
              ? 'an outside one with "external: true"'
              : `"${owner}" keeps its aggregate`,
        },
      ];
    }),
);
