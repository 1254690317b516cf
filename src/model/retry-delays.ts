// The ladder of delays that a retry setting means.
import type { Retry } from './settings.ts';

/**
 * Lists the delays between attempts in ms: `attempts - 1` of them, doubling from `firstMs` when exponential,
 * none longer than `maxMs`. One attempt has no delay.
 */
export function retryDelays(retry: Retry): readonly number[] {
  const steps = Math.max(0, retry.attempts - 1);
  return Array.from({ length: steps }, (_, step) =>
    Math.min(
      retry.maxMs,
      retry.backoff === 'fixed' ? retry.firstMs : retry.firstMs * 2 ** step,
    ),
  );
}
