// Heartbeats by time, not by record: a record may take long, and most take less than asking for a heartbeat is worth.

/** The library is asked so often; it sends a heartbeat when its own interval is over. */
const askEveryMs = 1000;

/**
 * Does the work while heartbeats are sent. The work asks whether its place in the group was lost, to begin nothing more;
 * the loss is thrown once the work has ended, so that the library joins the group again.
 */
export async function whileBeating<T>(
  heartbeat: () => Promise<void>,
  work: (isLost: () => boolean) => Promise<T>,
  everyMs = askEveryMs,
): Promise<T> {
  const losses: unknown[] = [];
  await heartbeat();
  const timer = setInterval(
    () => void heartbeat().catch((error: unknown) => losses.push(error)),
    everyMs,
  );
  try {
    const result = await work(() => losses.length > 0);
    if (losses.length > 0) throw losses[0];
    return result;
  } finally {
    clearInterval(timer);
  }
}
