// Nobody has decided how long a saga may take.
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/saga-timeout-undecided`. */
export const sagaTimeoutUndecided = defineRule(
  {
    name: 'saga-timeout-undecided',
    area: 'sagas',
    severity: 'info',
    profile: 'recommended',
    summary: 'Nobody has decided how long a saga may take.',
    message:
      'saga "{saga}" is given up after {timeout}, which nobody has decided',
    hint: 'Add "timeout:" to saga "{saga}", from what its business allows.',
    why: "How long a customer may wait for an outcome is a business decision. The tool's default is only there so that a process ends at all.",
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Process Manager"',
  },
  ({ model }) =>
    model.sagas
      .filter(({ timeoutMs }) => timeoutMs.from === 'default')
      .map(({ name, timeoutMs, origin }) => ({
        at: { pointer: origin, at: 'key' },
        saga: name,
        timeout: formatDuration(timeoutMs.value),
      })),
);
