// Events about one thing come back to the service that published the first of them.
import { byKeyOutsideSagas } from '../model/event-paths.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/event-loop`. */
export const eventLoop = defineRule(
  {
    name: 'event-loop',
    area: 'sagas',
    severity: 'info',
    profile: 'recommended',
    summary:
      'Events about one thing come back to the service that published the first of them.',
    message: 'events keyed by "{key}" can go round: {services}',
    hint: 'Describe the exchange under "sagas", so that it has an end and a timeout, or let "{last}" answer with an event that "{first}" need not react to.',
    why: 'If each reacts to the event of the other, one message makes messages for ever, at the speed of the broker. Nothing in the design says that the circle ends.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"; C. Richardson, Microservices Patterns, chapter 4',
  },
  (facts) =>
    [...byKeyOutsideSagas(facts)].flatMap(([key, paths]) => {
      const circle = paths.circle();
      const [first] = circle;
      if (first === undefined) return [];
      return [
        {
          at: { pointer: paths.originOf(first), at: 'key' as const },
          key,
          services: [...circle, first].map((name) => `"${name}"`).join(' -> '),
          first,
          last: circle.at(-1) ?? first,
        },
      ];
    }),
);
