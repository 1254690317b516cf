// Polling with a deadline, for servers that tell nobody when they are ready.

/** How long to poll, and what ends it early. */
export interface WaitOptions {
  /** What is waited for, for the error message. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** Explains why waiting is pointless (the server has ended), or null. */
  readonly abort?: () => string | null;
}

/** Sleeps for `ms` milliseconds. */
export const sleep = async (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/**
 * Polls until `probe` answers true; a probe that rejects counts as false.
 *
 * Throws: the deadline has passed, or `abort` explained why it never will.
 */
export const waitUntil = async (
  probe: () => Promise<boolean>,
  options: WaitOptions,
): Promise<void> => {
  const deadline = performance.now() + options.timeoutMs;
  let last: unknown = null;
  for (;;) {
    try {
      if (await probe()) return;
    } catch (error) {
      last = error;
    }
    const reason = options.abort?.() ?? null;
    if (reason !== null)
      throw new Error(`${options.what}: ${reason}`, { cause: last });
    if (performance.now() > deadline) {
      throw new Error(
        `${options.what}: not within ${String(options.timeoutMs)} ms`,
        { cause: last },
      );
    }
    await sleep(options.intervalMs ?? 50);
  }
};
