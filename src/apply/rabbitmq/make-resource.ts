// One wanted resource to the call of the management API that makes it or changes it in place, and one that removes it.
import { HostError } from '../../core/host.ts';
import { isJsonObject } from '../../core/json.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { BrokerResource, LiveResource } from '../../brokers/resource.ts';
import { readBindingName } from '../../brokers/rabbitmq/resource-texts.ts';
import type { BindingParts } from '../../brokers/rabbitmq/resource-texts.ts';
import { bind, placeSlots, removeSlots, unbind } from './make-bindings.ts';
import type { ManagementApi } from './management-api.ts';

export interface Place {
  readonly api: ManagementApi;
  readonly vhost: string;
  /** Passwords by user; a user without one is refused, not made without. */
  readonly passwords: Readonly<Record<string, string>>;
}

type Maker = (name: string, values: JsonObject, place: Place) => Promise<void>;

const makers: Readonly<Record<string, Maker>> = {
  vhost: async (name, _values, { api }) => {
    await api.send('PUT', ['vhosts', name], { default_queue_type: 'quorum' });
    await letIn(api, name);
  },
  user: async (name, values, place) =>
    place.api.send('PUT', ['users', name], {
      password: passwordOf(name, place),
      tags: values['tags'] ?? '',
    }),
  permission: async (name, values, { api, vhost }) =>
    api.send('PUT', ['permissions', vhost, name], values),
  'topic-permission': async (name, values, { api, vhost }) => {
    const [user = '', exchange = ''] = name.split(' on ');
    const path = ['topic-permissions', vhost, user];
    return api.send('PUT', path, { ...values, exchange });
  },
  policy: async (name, values, { api, vhost }) =>
    api.send('PUT', ['policies', vhost, name], values),
  exchange: async (name, values, { api, vhost }) =>
    api.send('PUT', ['exchanges', vhost, name], {
      type: values['type'] ?? 'topic',
      durable: values['durable'] ?? true,
      arguments: values['arguments'] ?? {},
    }),
  queue: async (name, values, { api, vhost }) =>
    api.send('PUT', ['queues', vhost, name], {
      durable: values['durable'] ?? true,
      arguments: {
        ...objectOf(values['arguments']),
        'x-queue-type': values['type'] ?? 'quorum',
      },
    }),
  binding: async (name, _values, place) => bind(bindingOf(name), place),
  slots: async (name, values, place) => placeSlots(name, values, place),
};

/** How long the broker may take to give whoever makes a virtual host a right on it. */
const mostWaits = 20;
const waitMs = 100;

/**
 * Waits until a new virtual host can be read: who made it has a right on it a moment later, and who finds that another has
 * just made it would be refused until then. A user who is given none is refused by the next call, which says so.
 */
async function letIn(api: ManagementApi, vhost: string): Promise<void> {
  for (let waited = 0; waited < mostWaits; waited += 1) {
    try {
      await api.list(`exchanges/${encodeURIComponent(vhost)}`);
      return;
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/**
 * Makes a resource, or gives an existing one its in-place settings; doing it twice changes nothing. Resources are made in
 * the order of the desired state. A queue's `policy` follows from the policies and needs no call.
 * Throws: `HostError` when the broker refuses, or a new user has no password.
 */
export async function makeResource(
  resource: BrokerResource,
  place: Place,
): Promise<void> {
  const make = makers[resource.kind];
  if (make === undefined) {
    throw new Error(`RabbitMQ has no resource of kind ${resource.kind}`);
  }
  const values = Object.entries(resource.settings).map(
    ([key, { value }]): readonly [string, JsonValue] => [key, value],
  );
  return make(resource.name, Object.fromEntries(values), place);
}

/** Removes one resource that a person named. Throws: `HostError`; `Error` for a kind that is never removed. */
export async function removeResource(
  resource: Pick<LiveResource, 'kind' | 'name'>,
  { api, vhost }: Pick<Place, 'api' | 'vhost'>,
): Promise<void> {
  const { kind, name } = resource;
  switch (kind) {
    case 'queue':
      return api.send('DELETE', ['queues', vhost, name]);
    case 'exchange':
      return api.send('DELETE', ['exchanges', vhost, name]);
    case 'policy':
      return api.send('DELETE', ['policies', vhost, name]);
    case 'permission':
      return api.send('DELETE', ['permissions', vhost, name]);
    case 'binding':
      return unbind(bindingOf(name), { api, vhost });
    case 'slots':
      return removeSlots(name, { api, vhost });
    case 'topic-permission':
      return removeTopicPermission(name, { api, vhost });
    default:
      throw new Error(`a ${kind} is not removed`);
  }
}

// Before 4.x all of a user's topic permissions go together, so the others are set again at once.
async function removeTopicPermission(
  name: string,
  { api, vhost }: Pick<Place, 'api' | 'vhost'>,
): Promise<void> {
  const [user = '', exchange = ''] = name.split(' on ');
  const all = await api.list(
    `vhosts/${encodeURIComponent(vhost)}/topic-permissions`,
  );
  const path = ['topic-permissions', vhost, user];
  await api.send('DELETE', path);
  for (const one of all.filter(isJsonObject)) {
    if (one['user'] !== user || one['exchange'] === exchange) continue;
    await api.send('PUT', path, {
      exchange: one['exchange'] ?? '',
      write: one['write'] ?? '',
      read: one['read'] ?? '',
    });
  }
}

function passwordOf(user: string, { passwords }: Place): string {
  const password = Object.hasOwn(passwords, user) ? passwords[user] : undefined;
  if (password !== undefined && password !== '') return password;
  throw new HostError(`user "${user}" has no password to be made with`);
}

const objectOf = (value: JsonValue | undefined): JsonObject =>
  isJsonObject(value) ? value : {};

function bindingOf(name: string): BindingParts {
  const parts = readBindingName(name);
  if (parts === null) throw new Error(`not a binding: ${name}`);
  return parts;
}
