// A consumer takes every event that there is.
import { defineRule } from './rule.ts';

/** Reports: `rule/takes-everything`. */
export const takesEverything = defineRule(
  {
    name: 'takes-everything',
    area: 'ownership',
    severity: 'info',
    profile: 'strict',
    summary: 'A consumer takes every event that there is.',
    message:
      '"{service}" takes every event by "{pattern}", also those that nobody has thought of yet',
    hint: 'Name the events that "{service}" handles, or a pattern of one kind such as "order.*".',
    why: 'Its rights, its load and the data that it keeps grow with every event that anybody adds. No change of any payload can be made without it.',
    source:
      'S. Newman, Building Microservices, "Information Hiding"; OWASP, "Least Privilege Principle"',
  },
  ({ model }) =>
    model.subscriptions
      .filter(({ pattern }) => pattern === '#')
      .map(({ service, pattern, origin }) => ({
        at: { pointer: origin, at: 'key' as const },
        service,
        pattern,
      })),
);
