// A step of a saga is undone by what it does.
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/compensation-of-itself`. */
export const compensationOfItself = defineRule(
  {
    name: 'compensation-of-itself',
    area: 'sagas',
    severity: 'error',
    profile: 'minimal',
    summary: 'A step of a saga is undone by what it does.',
    message:
      'step "{step}" of saga "{saga}" is undone by "{message}", which is what it does itself',
    hint: 'Name with "compensate:" another command that undoes "{step}", or remove it.',
    why: 'To undo it the saga would do it again: pay twice where nothing should have been paid.',
    source: 'H. Garcia-Molina and K. Salem, "Sagas"',
  },
  ({ model }) =>
    model.sagas.flatMap(({ name, steps }) =>
      steps
        .filter(
          ({ compensate, command, success }) =>
            compensate !== null &&
            (compensate === command || compensate === success),
        )
        .map((step) => ({
          at: child(step.origin, 'compensate'),
          saga: name,
          step: step.name,
          message: step.compensate ?? '',
        })),
    ),
);
