// The steps of a saga may take longer than the saga as a whole.
import { shortList } from '../core/text.ts';
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/saga-timeout-too-short`. */
export const sagaTimeoutTooShort = defineRule(
  {
    name: 'saga-timeout-too-short',
    area: 'sagas',
    severity: 'warning',
    profile: 'minimal',
    summary: 'The steps of a saga may take longer than the saga as a whole.',
    message:
      'the steps of saga "{saga}" may take {steps}, but the saga is given up after {timeout}',
    hint: 'Raise "timeout" of saga "{saga}" above {steps}, or shorten those of {names}.',
    why: 'The saga gives up while a step is still within its time. What that step then does is undone by nobody, or undone while it happens.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4; Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  ({ model }) =>
    model.sagas.flatMap(({ name, timeoutMs, steps }) => {
      const timed = steps.filter((step) => step.timeoutMs !== null);
      const total = timed.reduce(
        (sum, step) => sum + (step.timeoutMs?.value ?? 0),
        0,
      );
      if (total <= timeoutMs.value) return [];
      return [
        {
          at: timeoutMs.origin,
          saga: name,
          steps: formatDuration(total),
          timeout: formatDuration(timeoutMs.value),
          names: shortList(timed.map((step) => step.name)),
        },
      ];
    }),
);
