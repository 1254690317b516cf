// An event is named like a request to do something.
import { defineRule } from './rule.ts';

/** Reports: `rule/event-as-request`. */
export const eventAsRequest = defineRule(
  {
    name: 'event-as-request',
    area: 'naming',
    severity: 'warning',
    profile: 'recommended',
    summary: 'An event is named like a request to do something.',
    message: 'the event "{event}" is named like a request: "{verb}"',
    hint: 'Rename "{event}" to what has happened, such as "{past}", or make it "type: command".',
    why: 'An event tells what has happened, and whoever wants reacts. A name in the imperative says that somebody is expected to act, and hides a command that nobody is bound to carry out.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Event Message" and "Command Message"',
  },
  ({ model }) =>
    model.events.flatMap(({ name, kind, origin }) => {
      const verb = name.split(/[._-]/).at(-1) ?? '';
      const past = verbs[verb];
      if (kind === 'command' || past === undefined) return [];
      return [
        {
          at: { pointer: origin, at: 'key' },
          event: name,
          verb,
          past: name.slice(0, -verb.length) + past,
        },
      ];
    }),
);

/** Verbs that are no nouns, with their past participles. */
const verbs: Readonly<Record<string, string>> = {
  approve: 'approved',
  calculate: 'calculated',
  cancel: 'cancelled',
  confirm: 'confirmed',
  create: 'created',
  delete: 'deleted',
  notify: 'notified',
  pay: 'paid',
  register: 'registered',
  reject: 'rejected',
  remove: 'removed',
  reserve: 'reserved',
  send: 'sent',
  ship: 'shipped',
  submit: 'submitted',
  validate: 'validated',
};
