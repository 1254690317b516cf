// A command is open to consumers outside this system.
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/public-command`. */
export const publicCommand = defineRule(
  {
    name: 'public-command',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A command is open to consumers outside this system.',
    message:
      'the command "{command}" is public, but exactly one consumer here handles it',
    hint: 'Remove "public" from "{command}", or make it an event (type: integration) that others may react to.',
    why: 'A command goes to one receiver through its queue. Nobody outside can receive it as well, and whoever tried would take it away from its handler.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Point-to-Point Channel"',
  },
  ({ model }) =>
    model.events
      .filter(({ kind, isPublic }) => kind === 'command' && isPublic)
      .map(({ name, origin }) => ({
        at: child(origin, 'public'),
        command: name,
      })),
);
