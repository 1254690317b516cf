// All attempts of a retry are over within a second.
import { formatDuration } from '../core/units.ts';
import { retryDelays } from '../model/retry-delays.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/hasty-retry`. */
export const hastyRetry = defineRule(
  {
    name: 'hasty-retry',
    area: 'errors',
    severity: 'warning',
    profile: 'recommended',
    summary: 'All attempts of a retry are over within a second.',
    message:
      'all {attempts} attempts of "{pattern}" at "{service}" are over within {held}, sooner than a restart or failover takes',
    hint: 'Raise "first" or "attempts" in the retry of "{pattern}" at consumer "{service}", so that the delays add up to some seconds.',
    why: 'A retry is there to outlast a short outage. One that gives up at once turns each restart of a dependency into a pile of dead letters.',
    source: 'Microsoft, Azure Architecture Center, "Transient fault handling"',
  },
  ({ model }) =>
    model.subscriptions.flatMap(({ pattern, service, retry, delivery }) => {
      const delays = retryDelays(retry.value);
      const held = delays.reduce((sum, delay) => sum + delay, 0);
      if (
        delays.length === 0 ||
        held >= leastMs ||
        delivery.value === 'at-most-once'
      )
        return [];
      return [
        {
          at: retry.origin,
          pattern,
          service,
          attempts: retry.value.attempts,
          held: formatDuration(held),
        },
      ];
    }),
);

const leastMs = 1000;
