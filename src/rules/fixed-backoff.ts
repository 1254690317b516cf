// Several copies of a service retry at the same fixed interval.
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/fixed-backoff`. */
export const fixedBackoff = defineRule(
  {
    name: 'fixed-backoff',
    area: 'errors',
    severity: 'info',
    profile: 'strict',
    summary: 'Several copies of a service retry at the same fixed interval.',
    message:
      '{copies} copies of "{service}" retry "{pattern}" every {delay}, so they strike an ailing dependency together',
    hint: 'Use "backoff: exponential" in the retry of "{pattern}" at consumer "{service}".',
    why: 'A dependency that is down gets every waiting message at once, at each interval, and is kept down by it. Growing delays, with jitter in the client, let it recover.',
    source:
      'M. Brooker, "Exponential Backoff and Jitter" (AWS Architecture Blog)',
  },
  ({ model }) =>
    model.subscriptions
      .filter(
        ({ retry, instances }) =>
          retry.value.backoff === 'fixed' &&
          retry.value.attempts > 3 &&
          instances.value > 1,
      )
      .map(({ service, pattern, retry, instances }) => ({
        at: retry.origin,
        service,
        pattern,
        copies: instances.value,
        delay: formatDuration(retry.value.firstMs),
      })),
);
