// How many messages queues hold, as told before they are deleted.
import { HostError } from '../../core/host.ts';
import { isJsonObject } from '../../core/json.ts';
import { counted } from '../../core/text.ts';
import { identity } from '../compare.ts';
import type { Named } from '../deployer.ts';
import type { ManagementApi } from './management-api.ts';

/** The broker counts every five seconds, so two counts this far apart are two counts of its own. */
const betweenCountsMs = 6000;
/** A queue of which nothing is told yet is asked about this often before it is left alone. */
const mostCounts = 6;

/** Counts the messages of queues, by `kind/name`. The broker's own count is up to five seconds old. Throws: `HostError`. */
export async function heldMessages(
  resources: readonly Named[],
  { api, vhost }: { readonly api: ManagementApi; readonly vhost: string },
): Promise<ReadonlyMap<string, number>> {
  const queues = resources.filter(({ kind }) => kind === 'queue');
  if (queues.length === 0) return new Map();
  const live = await api.list(`queues/${encodeURIComponent(vhost)}`);
  const counts = new Map(
    live
      .filter(isJsonObject)
      .map(({ name, messages }) => [name, Number(messages ?? 0)]),
  );
  return new Map(
    queues.map((queue) => [identity(queue), counts.get(queue.name) ?? 0]),
  );
}

/**
 * Makes sure that a queue that has left the design is empty: it was unbound before, so that nothing comes any more, and it has to
 * be counted empty twice, by counts that the broker made one after the other. The API's own condition, if-empty, is refused for quorum
 * queues and ignored for streams. `wait` passes the time between counts, ms. Throws: `HostError` when it holds messages, or when the
 * broker does not tell.
 */
export async function refuseHeld(
  queue: Named,
  { api, vhost }: { readonly api: ManagementApi; readonly vhost: string },
  wait: (ms: number) => Promise<void> = pause,
): Promise<void> {
  // The list of all queues may be answered from a cache; one queue is looked up.
  const path = `queues/${encodeURIComponent(vhost)}/${encodeURIComponent(queue.name)}`;
  let empty = 0;
  for (let counts = 0; counts < mostCounts && empty < 2; counts += 1) {
    await wait(betweenCountsMs);
    const { messages } = await api.get(path);
    const count = typeof messages === 'number' ? messages : null;
    if (count !== null && count > 0)
      throw new HostError(
        `"${identity(queue)}" holds ${counted(count, 'message')}: drain what is needed first, or delete with the messages by --force`,
      );
    // A queue that has only just begun has no count yet, which is no count of none.
    empty = count === null ? 0 : empty + 1;
  }
  if (empty < 2)
    throw new HostError(
      `"${identity(queue)}" is not removed: the broker does not tell how many messages it holds; try again, or delete with the messages by --force`,
    );
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
