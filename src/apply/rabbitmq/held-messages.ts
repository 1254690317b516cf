// How many messages queues hold, as told before they are deleted.
import { HostError } from '../../core/host.ts';
import { isJsonObject } from '../../core/json.ts';
import { counted } from '../../core/text.ts';
import { identity } from '../compare.ts';
import type { Named } from '../deployer.ts';
import type { ManagementApi } from './management-api.ts';

/** Time after which counts tell what was there before; the broker makes them every five seconds. */
const countedAfterMs = 6000;

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
 * Makes sure that a queue that has left the design is empty: it was unbound before, so that nothing comes any more, and its count
 * is read when it has had time to be right. The API's own condition, if-empty, is refused for quorum queues and ignored for
 * streams. Throws: `HostError` when it holds messages.
 */
export async function refuseHeld(
  queue: Named,
  place: { readonly api: ManagementApi; readonly vhost: string },
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, countedAfterMs));
  const held = await heldMessages([queue], place);
  const count = held.get(identity(queue)) ?? 0;
  if (count > 0)
    throw new HostError(
      `"${identity(queue)}" holds ${counted(count, 'message')}: drain what is needed first, or delete with the messages by --force`,
    );
}
