// A process of more than four steps is coordinated by nobody.
import { defineRule } from './rule.ts';

/** Reports: `rule/long-choreography`. */
export const longChoreography = defineRule(
  {
    name: 'long-choreography',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A process of more than four steps is coordinated by nobody.',
    message:
      'saga "{saga}" passes through {count} steps, and nobody knows how far it has come',
    hint: 'Write "style: orchestration" with a "coordinator" for saga "{saga}", and a command for each step.',
    why: 'In a choreography the process is nowhere written down but in the subscriptions of its participants. Past a handful of them nobody can say what happens next, or change it safely.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4; Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  ({ model }) =>
    model.sagas
      .filter(
        ({ style, steps }) => style === 'choreography' && steps.length > 4,
      )
      .map(({ name, steps, origin }) => ({
        at: { pointer: origin, at: 'key' },
        saga: name,
        count: steps.length,
      })),
);
