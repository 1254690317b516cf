// A command is named like something that has happened.
import { defineRule } from './rule.ts';

/** Reports: `rule/command-as-fact`. */
export const commandAsFact = defineRule(
  {
    name: 'command-as-fact',
    area: 'naming',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A command is named like something that has happened.',
    message:
      'the command "{command}" is named like something that has happened: "{word}"',
    hint: 'Rename "{command}" to what is to be done, or drop "type: command" when it tells a fact.',
    why: 'Whoever reads "order shipped" takes it for a fact. As a command it has not happened yet, and may be refused.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Command Message"',
  },
  ({ model }) =>
    model.events.flatMap(({ name, kind, origin }) => {
      const word = name.split(/[._-]/).at(-1) ?? '';
      const isPast =
        irregular.has(word) || (/..[a-z]ed$/.test(word) && !present.has(word));
      if (kind !== 'command' || !isPast) return [];
      return [{ at: { pointer: origin, at: 'key' }, command: name, word }];
    }),
);

const irregular: ReadonlySet<string> = new Set([
  'begun',
  'done',
  'paid',
  'sent',
]);
const present: ReadonlySet<string> = new Set([
  'embed',
  'exceed',
  'feed',
  'proceed',
  'seed',
  'speed',
  'succeed',
]);
