// How a subscription's failed messages come back on RabbitMQ, and after which delays.
import { largest } from '../../core/lists.ts';
import type { Retry } from '../../model/settings.ts';
import type { RetryMechanism, SubscriptionRetry } from './topology.ts';
import type { DelayedRetryChoice } from './options.ts';

/** Lists the delays before the second, third, … attempt in ms: `first` each time, or doubling from it up to `maxMs`. */
export function retryDelays(retry: Retry): readonly number[] {
  return Array.from({ length: Math.max(0, retry.attempts - 1) }, (_, index) =>
    retry.backoff === 'fixed'
      ? Math.min(retry.firstMs, retry.maxMs)
      : Math.min(retry.firstMs * 2 ** index, retry.maxMs),
  );
}

/**
 * Tells whether the queue's own delayed retry gives exactly these delays: `min(min * deliveries, max)`, a linear
 * back-off (RabbitMQ 4.3, documentation of quorum queues). Fixed delays do, and doublings of at most two steps.
 */
export function isLinear(delaysMs: readonly number[]): boolean {
  const [first] = delaysMs;
  if (first === undefined) return false;
  const longest = largest(delaysMs);
  return delaysMs.every(
    (delay, index) => delay === Math.min(first * (index + 1), longest),
  );
}

export interface RetryQuestion {
  readonly id: string;
  readonly retry: Retry;
}

export interface RetryMeans {
  readonly hasDelayedRetry: boolean;
  readonly choice: DelayedRetryChoice;
}

/**
 * Chooses the mechanism of each subscription of one queue. A queue's delayed retry works on every rejected message, so it
 * is taken only when all subscriptions set messages aside after the same delays; otherwise one TTL queue serves each delay.
 */
export function planRetries(
  subscriptions: readonly RetryQuestion[],
  means: RetryMeans,
): readonly SubscriptionRetry[] {
  const delays = subscriptions.map(({ retry }) => retryDelays(retry));
  const canDelay =
    means.hasDelayedRetry &&
    means.choice !== 'never' &&
    subscriptions.every(({ retry }) => retry.mode === 'non-blocking') &&
    new Set(delays.map(String)).size === 1 &&
    (means.choice === 'always' || isLinear(delays[0] ?? []));
  return subscriptions.map(({ id, retry }, index) => ({
    subscription: id,
    mechanism: mechanismOf(retry, canDelay),
    attempts: retry.attempts,
    delaysMs: delays[index] ?? [],
  }));
}

function mechanismOf(retry: Retry, canDelay: boolean): RetryMechanism {
  if (retry.attempts <= 1) return 'none';
  if (retry.mode === 'blocking') return 'hold-and-reject';
  return canDelay ? 'delayed-retry' : 'retry-queues';
}
