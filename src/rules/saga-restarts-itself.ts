// A saga starts on an event that it ends in itself.
import { child } from '../core/pointer.ts';
import type { Saga } from '../model/model.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/saga-restarts-itself`. */
export const sagaRestartsItself = defineRule(
  {
    name: 'saga-restarts-itself',
    area: 'sagas',
    severity: 'error',
    profile: 'minimal',
    summary: 'A saga starts on an event that it ends in itself.',
    message: 'saga "{saga}" starts on "{event}", which is also what {role}',
    hint: 'Start saga "{saga}" on an event that is published before its first step.',
    why: 'Every run would start the next one, without end.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  ({ model }) =>
    model.sagas.flatMap((saga) => {
      const role = roleOfStart(saga);
      if (role === null) return [];
      return [
        {
          at: child(saga.origin, 'starts'),
          saga: saga.name,
          event: saga.starts,
          role,
        },
      ];
    }),
);

function roleOfStart({
  starts,
  steps,
  completes,
  aborts,
}: Saga): string | null {
  if (completes === starts) return 'completes it';
  if (aborts === starts) return 'aborts it';
  const step = steps.find(
    ({ success, failure }) => success === starts || failure === starts,
  );
  return step === undefined ? null : `ends its step "${step.name}"`;
}
