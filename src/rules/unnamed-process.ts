// Events about one thing pass from service to service, and nothing says that they are one process.
import { byKeyOutsideSagas } from '../model/event-paths.ts';
import { quotedList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unnamed-process`. */
export const unnamedProcess = defineRule(
  {
    name: 'unnamed-process',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'Events about one thing pass through five services or more, and no saga says that they are one process.',
    message:
      'events keyed by "{key}" can pass through {count} services, {services}, and nothing says what ends what {first} began',
    hint: 'Describe the process under "sagas" ("style: choreography" changes nothing but what is known), with its "timeout" and what undoes a step, or end the chain earlier.',
    why: 'When one of them stops, the others wait, and nobody sees it: no timer runs and no alert names the process. What the first steps have done is never undone.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4; Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  (facts) =>
    [...byKeyOutsideSagas(facts)].flatMap(([key, paths]) => {
      const longest = paths.longest();
      const [first] = longest;
      if (first === undefined || longest.length < 5) return [];
      return [
        {
          at: { pointer: paths.originOf(first), at: 'key' as const },
          key,
          count: longest.length,
          services: longest.map((name) => `"${name}"`).join(' -> '),
          first: quotedList([first]),
        },
      ];
    }),
);
