// One event tells more than one outcome of a saga.
import { gather } from '../core/gather.ts';
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/ambiguous-outcome`. */
export const ambiguousOutcome = defineRule(
  {
    name: 'ambiguous-outcome',
    area: 'sagas',
    severity: 'warning',
    profile: 'minimal',
    summary: 'One event tells more than one outcome of a saga.',
    message: '"{event}" tells {outcomes} of saga "{saga}"',
    hint: 'Give each outcome of saga "{saga}" an event of its own, besides "{event}".',
    why: 'When the event comes, the saga cannot tell which outcome it is. A late or repeated one is then taken for the outcome of another step.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4; Hohpe and Woolf, Enterprise Integration Patterns, "Correlation Identifier"',
  },
  ({ model }) =>
    model.sagas.flatMap(({ name, steps }) => {
      const outcomes = steps.flatMap((step) => [
        {
          event: step.success,
          told: `the success of "${step.name}"`,
          at: child(step.origin, 'success'),
        },
        ...(step.failure === null
          ? []
          : [
              {
                event: step.failure,
                told: `the failure of "${step.name}"`,
                at: child(step.origin, 'failure'),
              },
            ]),
      ]);
      return [...gather(outcomes, ({ event }) => [event])]
        .filter(([, found]) => found.length > 1)
        .map(([event, found]) => ({
          at: found[1]?.at ?? '',
          saga: name,
          event,
          outcomes: found.map(({ told }) => told).join(' and '),
        }));
    }),
);
