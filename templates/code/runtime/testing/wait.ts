// Waiting in tests: until something holds, or a clear failure.

/** Resolves once the claim holds; rejects after the time with what was waited for. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`in ${withinMs} ms it did not happen that ${what}`);
    await pause(10);
  }
}

/** Resolves after so many milliseconds. */
export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
