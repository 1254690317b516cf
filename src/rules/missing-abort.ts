// A saga can fail, but no event tells that it was given up.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/missing-abort`. */
export const missingAbort = defineRule(
  {
    name: 'missing-abort',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A saga can fail, but no event tells that it was given up.',
    message:
      'saga "{saga}" can fail at {steps}, but names no event that tells it was given up',
    hint: 'Add "aborts: <event>" to saga "{saga}", published when it has been undone.',
    why: 'Whoever started the process, and the people it is for, learn of the good end only. They cannot tell a failed one from a slow one.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4; Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  ({ model }) =>
    model.sagas.flatMap(({ name, steps, aborts, origin }) => {
      const failing = steps.filter(({ failure }) => failure !== null);
      if (aborts !== null || failing.length === 0) return [];
      return [
        {
          at: { pointer: origin, at: 'key' },
          saga: name,
          steps: shortList(failing.map((step) => step.name)),
        },
      ];
    }),
);
