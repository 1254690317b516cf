// What the user of `plan` and `apply` may look at, asked of the broker before anything else.
import { HostError } from '../../core/host.ts';
import { isJsonObject, own } from '../../core/json.ts';
import type { ManagementApi } from './management-api.ts';

/** Who is logged in, and what this login cannot be told. */
export interface BrokerLogin {
  readonly name: string;
  /** Kinds of things that only an administrator may read. */
  readonly unseen: readonly string[];
  readonly notices: readonly string[];
}

/**
 * Reads what the login may see. Without the tag `administrator` users and rights are kept from it, and everything else is
 * shown only where it has some right on the virtual host, be it one that allows nothing.
 * Throws: `HostError` when the virtual host is not shown.
 */
export async function loginOf(
  { api, vhost }: { readonly api: ManagementApi; readonly vhost: string },
  name: string,
): Promise<BrokerLogin> {
  const tags = own(await api.get('whoami'), 'tags');
  const all = (Array.isArray(tags) ? tags : String(tags ?? '').split(',')).map(
    String,
  );
  if (all.includes('administrator')) return { name, unseen: [], notices: [] };
  const shown = (await api.list('vhosts')).filter(isJsonObject);
  const isListed = shown.some((one) => one['name'] === vhost);
  if (!isListed || !(await hasRightOn(vhost, api)))
    throw new HostError(
      `user "${name}" is shown no virtual host "${vhost}": it is not there, or the user has no right on it; a right that allows nothing is enough to look (rabbitmqctl set_permissions -p ${vhost} ${name} '^$' '^$' '^$')`,
    );
  return {
    name,
    unseen: ['user', 'permission', 'topic-permission'],
    notices: [
      `Users and rights are not compared: "${name}" lacks the tag administrator.`,
    ],
  };
}

// Without any right 3.x answers 401 and 4.x 404, which reads as an empty list; a virtual host has exchanges from the start.
async function hasRightOn(vhost: string, api: ManagementApi): Promise<boolean> {
  try {
    const path = `exchanges/${encodeURIComponent(vhost)}`;
    return (await api.list(path)).length > 0;
  } catch (error) {
    if (error instanceof HostError && error.message.includes(' answered 401'))
      return false;
    throw error;
  }
}
