// The steps of a choreography trigger each other in a circle.
import { findCircle } from '../core/find-circle.ts';
import { gather } from '../core/gather.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/saga-cycle`. */
export const sagaCycle = defineRule(
  {
    name: 'saga-cycle',
    area: 'sagas',
    severity: 'error',
    profile: 'minimal',
    summary: 'The steps of a choreography trigger each other in a circle.',
    message:
      'the steps of saga "{saga}" trigger each other in a circle: {steps}',
    hint: 'Let step "{step}" react to an event that none of the steps after it publishes.',
    why: 'Each success triggers the next step, and the last one the first again. One order would run through the process for ever.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4 (cyclic dependencies of choreographed sagas)',
  },
  ({ model }) =>
    model.sagas.flatMap(({ name, style, steps }) => {
      if (style !== 'choreography') return [];
      const triggered = gather(steps, ({ on }) => (on === null ? [] : [on]));
      const circle = findCircle(
        steps,
        ({ success }) => triggered.get(success) ?? [],
      );
      const [first] = circle;
      if (first === undefined) return [];
      return [
        {
          at: first.origin,
          saga: name,
          step: first.name,
          steps: [...circle, first]
            .map((step) => `"${step.name}"`)
            .join(' -> '),
        },
      ];
    }),
);
