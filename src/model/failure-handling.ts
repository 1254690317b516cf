// What is done with a message that a subscription cannot handle: what is in force, whatever is written.
import type { Subscription } from './model.ts';
import type { Retry } from './settings.ts';

export interface FailureHandling {
  readonly retry: Retry;
  /** Whether a message that failed every attempt is kept. */
  readonly hasDeadLetter: boolean;
}

/** One attempt, and nothing kept. */
export const dropping: FailureHandling = {
  retry: {
    attempts: 1,
    backoff: 'fixed',
    firstMs: 0,
    maxMs: 0,
    mode: 'blocking',
  },
  hasDeadLetter: false,
};

/**
 * Gives how a subscription handles failure. At most once, a message is acknowledged before it is handled, so that there is
 * one attempt and nothing is left to keep; `rule/settings-of-best-effort` tells who asks for more.
 */
export function failureHandling({
  delivery,
  retry,
  hasDeadLetter,
}: Pick<
  Subscription,
  'delivery' | 'retry' | 'hasDeadLetter'
>): FailureHandling {
  return delivery.value === 'at-most-once'
    ? dropping
    : { retry: retry.value, hasDeadLetter: hasDeadLetter.value };
}
