// The last steps of a saga have no compensation, although a timer or a refused completion can come after them.
import { shortList } from '../core/text.ts';
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/late-saga-step`. */
export const lateSagaStep = defineRule(
  {
    name: 'late-saga-step',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'The last steps of a saga cannot be undone, although it can be given up while or after they are done.',
    message:
      'saga "{saga}" is given up after {timeout} without an outcome, and nothing undoes {steps} when that was done all the same',
    hint: 'Name with "compensate:" what undoes {steps}, or write "undo: none" where nothing is left to undo.',
    why: 'An answer that comes after the timer finds the saga given up, and what the step did stays done: a payment for a rejected order. It is the same when another command of the aggregate comes first and the completion is refused.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4 "Managing transactions with sagas"; H. Garcia-Molina and K. Salem, "Sagas"',
  },
  ({ model }) =>
    model.sagas.flatMap(({ name, style, steps, timeoutMs }) => {
      if (style !== 'orchestration') return [];
      // Steps before the last one that can fail are told by missing-compensation.
      const last = steps.findLastIndex(({ failure }) => failure !== null);
      const bare = steps
        .slice(Math.max(0, last))
        .filter(({ compensate, undo }) => compensate === null && undo === null);
      const [first] = bare;
      if (first === undefined) return [];
      return [
        {
          at: first.origin,
          saga: name,
          timeout: formatDuration(first.timeoutMs?.value ?? timeoutMs.value),
          steps: shortList(bare.map((step) => step.name)),
        },
      ];
    }),
);
