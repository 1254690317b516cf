// A step of a saga cannot be undone, although a later one can fail.
import { defineRule } from './rule.ts';

/** Reports: `rule/missing-compensation`. */
export const missingCompensation = defineRule(
  {
    name: 'missing-compensation',
    area: 'sagas',
    severity: 'warning',
    profile: 'minimal',
    summary:
      'A step of a saga cannot be undone, although a later one can fail.',
    message:
      'step "{step}" of saga "{saga}" has no compensation, but "{later}" can fail after it',
    hint: 'Name with "compensate:" what undoes "{step}", move "{step}" behind "{later}", or write "undo: none" when it leaves nothing to undo.',
    why: 'When a later step is refused, what the earlier ones did stays done: stock reserved, money taken. Only steps after the last one that can fail need no compensation.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4 "Managing transactions with sagas"; H. Garcia-Molina and K. Salem, "Sagas"',
  },
  ({ model }) =>
    model.sagas.flatMap(({ name, steps }) => {
      const last = steps.findLastIndex(({ failure }) => failure !== null);
      return steps
        .slice(0, Math.max(0, last))
        .filter(({ compensate, undo }) => compensate === null && undo === null)
        .map((step) => ({
          at: step.origin,
          saga: name,
          step: step.name,
          later: steps[last]?.name ?? '',
        }));
    }),
);
