// Brokers hear of a new or deleted topic a moment after the controller: what is read meanwhile is read again.

/** Errors that say no more than that the brokers do not agree yet, by kafkajs's names of the protocol's codes. */
const unsettled: ReadonlySet<unknown> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
]);

/**
 * Answers what `call` answers, and calls again while it fails because topics come and go; at most for `patienceMs`
 * (default 20 s) with pauses of `pauseMs` (default 200 ms).
 *
 * Throws: what `call` throws in the end, and any other error at once.
 */
export async function whenSettled<T>(
  call: () => Promise<T>,
  { patienceMs = 20_000, pauseMs = 200 } = {},
): Promise<T> {
  for (let left = Math.ceil(patienceMs / pauseMs); ; left -= 1) {
    try {
      return await call();
    } catch (error) {
      if (left <= 0 || !isUnsettled(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

const isUnsettled = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && unsettled.has(error.type);
