// An event tells that something was changed, and not what happened.
import { defineRule } from './rule.ts';

/** Reports: `rule/change-event`. */
export const changeEvent = defineRule(
  {
    name: 'change-event',
    area: 'naming',
    severity: 'info',
    profile: 'strict',
    summary:
      'An event tells that something was changed, and not what happened.',
    message: '"{event}" tells that something was {word}, and not what happened',
    hint: 'Split "{event}" into events for what can happen, or make it an event that carries the new state and say so in its "description".',
    why: 'Consumers of a mere change compare old and new to find out what happened, each in its own way. The reason is known to the publisher only.',
    source:
      'M. Fowler, "What do you mean by Event-Driven?"; A. Brandolini, Introducing EventStorming',
  },
  ({ model }) =>
    model.events.flatMap(({ name, kind, description, origin }) => {
      const word = name.split('.').at(-1) ?? '';
      if (kind === 'command' || description !== null || !vague.has(word))
        return [];
      return [{ at: { pointer: origin, at: 'key' }, event: name, word }];
    }),
);

const vague: ReadonlySet<string> = new Set([
  'changed',
  'edited',
  'modified',
  'saved',
  'updated',
]);
