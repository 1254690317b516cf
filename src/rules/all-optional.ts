// Every field of a payload is optional.
import { defineRule } from './rule.ts';

/** Reports: `rule/all-optional`. */
export const allOptional = defineRule(
  {
    name: 'all-optional',
    area: 'schemas',
    severity: 'info',
    profile: 'recommended',
    summary: 'Every field of a payload is optional.',
    message:
      'every field of "{event}" is optional, so an empty message is a valid one',
    hint: 'Make the fields of "{event}" that are always there required: drop the "?" behind their names.',
    why: 'A consumer can count on nothing in such a message, and a publisher that forgets a field passes every check.',
    source: 'M. Kleppmann, Designing Data-Intensive Applications, chapter 4',
  },
  ({ model }) =>
    model.events
      .filter(
        ({ payload }) =>
          payload.fields.length > 0 &&
          payload.fields.every(({ isRequired }) => !isRequired),
      )
      .map(({ name, payload }) => ({ at: payload.origin, event: name })),
);
