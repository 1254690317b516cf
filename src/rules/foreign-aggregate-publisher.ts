// An event of an aggregate is published by another service than the one that keeps it.
import { defineRule } from './rule.ts';

/** Reports: `rule/foreign-aggregate-publisher`. */
export const foreignAggregatePublisher = defineRule(
  {
    name: 'foreign-aggregate-publisher',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'An event of an aggregate is published by another service than the one that keeps it.',
    message:
      '"{service}" publishes "{event}" of aggregate "{aggregate}", which "{owner}" keeps',
    hint: 'Let "{owner}" publish "{event}", or remove "aggregate: {aggregate}" from it.',
    why: 'Only the service that keeps the aggregate knows whether the change is allowed and has happened. What another one publishes in its name is a guess.',
    source: 'E. Evans, Domain-Driven Design, "Aggregates"',
  },
  ({ model, events, aggregates, publicationsByEvent }) =>
    model.publications.flatMap(({ service, event, origin }) => {
      const aggregate = aggregates().get(events().get(event)?.aggregate ?? '');
      const isOnly = publicationsByEvent().get(event)?.length === 1;
      if (aggregate === undefined || aggregate.service === service || !isOnly)
        return [];
      return [
        {
          at: origin,
          service,
          event,
          aggregate: aggregate.name,
          owner: aggregate.service,
        },
      ];
    }),
);
