// How many messages queues hold, as told before they are deleted.
import { isJsonObject } from '../../core/json.ts';
import { identity } from '../compare.ts';
import type { Named } from '../deployer.ts';
import type { ManagementApi } from './management-api.ts';

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
