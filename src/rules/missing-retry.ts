// A consumer gives a message up after the first failure.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/missing-retry`. */
export const missingRetry = defineRule(
  {
    name: 'missing-retry',
    area: 'errors',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A consumer gives a message up after the first failure.',
    message:
      '"{service}" gives {events} up after the first failure, so a hiccup fills the dead letters',
    hint: 'Set "attempts: 3" or more in the retry of {events} of consumer "{service}".',
    why: 'Most failures pass: a restart, a lock, a slow dependency. Without a second attempt a person has to bring back what would have succeeded a moment later.',
    source:
      'M. Nygard, Release It!; Microsoft, Azure Architecture Center, "Retry pattern"',
  },
  ({ model }) => {
    const once = model.subscriptions.filter(
      ({ retry, delivery, hasDeadLetter }) =>
        retry.value.attempts === 1 &&
        delivery.value !== 'at-most-once' &&
        hasDeadLetter.value,
    );
    return [...gather(once, ({ retry }) => [retry.origin])].map(
      ([at, found]) => ({
        at,
        service: found[0]?.service ?? '',
        events: shortList([...new Set(found.map(({ pattern }) => pattern))]),
      }),
    );
  },
);
