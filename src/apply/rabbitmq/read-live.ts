// What a virtual host holds, read through the management API and spelt as the desired resources are.
import { largest } from '../../core/lists.ts';
import { byCodeUnit } from '../../core/artifact.ts';
import { isJsonObject, own } from '../../core/json.ts';
import { gather } from '../../core/gather.ts';
import {
  bindingName,
  slotName,
  topicPermissionName,
  type BindingParts,
} from '../../brokers/rabbitmq/resource-texts.ts';
import { isFound } from '../../brokers/rabbitmq/patterns.ts';
import { slotOf } from '../../brokers/rabbitmq/slots.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { LiveResource } from '../../brokers/resource.ts';
import type { ManagementApi } from './management-api.ts';

/**
 * Reads everything of one virtual host, and all users; exchanges and policies that the broker makes itself are left out.
 * Throws: `HostError`.
 *
 * @param unseen kinds that are kept from this login, and not asked for
 */
export async function readLive(
  api: ManagementApi,
  vhost: string,
  unseen: readonly string[] = [],
): Promise<readonly LiveResource[]> {
  const at = encodeURIComponent(vhost);
  const objects = async (path: string): Promise<readonly JsonObject[]> =>
    (await api.list(path)).filter(isJsonObject);
  const [vhosts, policies] = [
    await objects('vhosts'),
    await objects(`policies/${at}`),
  ];
  return [
    ...vhosts
      .filter(({ name }) => name === vhost)
      .map(() => ({ kind: 'vhost', name: vhost, settings: {} })),
    ...(await readRights(objects, { at, unseen })),
    ...policies.map((policy) => ({
      kind: 'policy',
      name: text(policy, 'name'),
      settings: pick(policy, ['pattern', 'apply-to', 'definition', 'priority']),
    })),
    ...(await objects(`exchanges/${at}`)).filter(isMade).map((exchange) => ({
      kind: 'exchange',
      name: text(exchange, 'name'),
      mark: markOf(text(exchange, 'name'), policies),
      settings: {
        ...pick(exchange, ['type', 'durable', 'arguments']),
        policy: effectivePolicy(text(exchange, 'name'), 'exchanges', policies),
      },
    })),
    ...(await objects(`queues/${at}`)).map((queue) =>
      liveQueue(queue, policies),
    ),
    ...liveBindings(await objects(`bindings/${at}`), policies),
  ];
}

type Reader = (path: string) => Promise<readonly JsonObject[]>;

async function readRights(
  read: Reader,
  { at, unseen }: { readonly at: string; readonly unseen: readonly string[] },
): Promise<readonly LiveResource[]> {
  const objects = async (
    kind: string,
    path: string,
  ): Promise<readonly JsonObject[]> =>
    unseen.includes(kind) ? [] : read(path);
  const [users, permissions, topics] = [
    await objects('user', 'users'),
    await objects('permission', `vhosts/${at}/permissions`),
    await objects('topic-permission', `vhosts/${at}/topic-permissions`),
  ];
  return [
    ...users.map((user) => ({
      kind: 'user',
      name: text(user, 'name'),
      settings: { tags: tagsOf(user) },
    })),
    ...permissions.map((permission) => ({
      kind: 'permission',
      name: text(permission, 'user'),
      settings: pick(permission, ['configure', 'write', 'read']),
    })),
    ...topics.map((permission) => ({
      kind: 'topic-permission',
      name: topicPermissionName(
        text(permission, 'user'),
        text(permission, 'exchange'),
      ),
      settings: pick(permission, ['write', 'read']),
    })),
  ];
}

const text = (object: JsonObject, key: string): string => {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
};

const pick = (
  object: JsonObject,
  keys: readonly string[],
): Readonly<Record<string, JsonValue>> =>
  Object.fromEntries(keys.map((key) => [key, own(object, key) ?? null]));

// 3.x answers a list, older plugins a comma-separated string.
function tagsOf(user: JsonObject): string {
  const tags = own(user, 'tags');
  return Array.isArray(tags) ? tags.join(',') : text(user, 'tags');
}

const isMade = (exchange: JsonObject): boolean =>
  !/^(?:amq\.|$)/.test(text(exchange, 'name'));

function liveQueue(
  queue: JsonObject,
  policies: readonly JsonObject[],
): LiveResource {
  const given = own(queue, 'arguments');
  const { 'x-queue-type': declared, ...others } = isJsonObject(given)
    ? given
    : {};
  return {
    kind: 'queue',
    name: text(queue, 'name'),
    settings: {
      type: own(queue, 'type') ?? declared ?? 'classic',
      durable: own(queue, 'durable') ?? null,
      arguments: others,
      policy: effectivePolicy(text(queue, 'name'), 'queues', policies),
    },
  };
}

// Bindings by slot are settings of their exchange; the default exchange's are none of anybody's making.
function liveBindings(
  objects: readonly JsonObject[],
  policies: readonly JsonObject[],
): readonly LiveResource[] {
  const bindings = objects
    .filter(({ source }) => source !== '')
    .map(liveBinding)
    .map((binding) => ({ binding, slot: slotOfBinding(binding) }));
  const slots = bindings.flatMap(({ binding, slot }) =>
    slot === null ? [] : [{ ...binding, slot }],
  );
  return [
    ...[...gather(slots, ({ source }) => [source])].map(([name, bound]) => ({
      kind: 'slots',
      name,
      mark: effectivePolicy(name, 'exchanges', policies),
      settings: Object.fromEntries(
        [...gather(bound, ({ slot }) => [slotName(slot)])].map(
          ([slot, lanes]): readonly [string, JsonValue] => [
            slot,
            lanes
              .map(({ destination }) => destination)
              .sort(byCodeUnit)
              .join(' and '),
          ],
        ),
      ),
    })),
    ...bindings
      .filter(({ slot }) => slot === null)
      .map(({ binding }) => ({
        kind: 'binding',
        name: bindingName(binding),
        settings: {},
        mark: effectivePolicy(
          binding.destination,
          binding.to === 'exchange' ? 'exchanges' : 'queues',
          policies,
        ),
      })),
  ];
}

/** Reads a binding as the management API tells it. */
export function liveBinding(binding: JsonObject): BindingParts {
  const given = own(binding, 'arguments');
  return {
    source: text(binding, 'source'),
    destination: text(binding, 'destination'),
    to: text(binding, 'destination_type') === 'exchange' ? 'exchange' : 'queue',
    routingKey: text(binding, 'routing_key'),
    arguments: isJsonObject(given) ? given : {},
  };
}

/** Reads the slot that a binding gives to a lane; null for any other binding. */
export function slotOfBinding(binding: BindingParts): number | null {
  return binding.to === 'queue' && binding.routingKey === ''
    ? slotOf(binding.arguments)
    : null;
}

// The API tells a queue's policy only some seconds later, from statistics; the rule is simple enough to apply here:
// the highest priority among those that match. Of equal ones RabbitMQ takes any, so both are named.
function effectivePolicy(
  name: string,
  kind: 'queues' | 'exchanges',
  policies: readonly JsonObject[],
): string | null {
  const matching = policies.filter(
    (policy) =>
      applies(text(policy, 'apply-to'), kind) &&
      // A pattern that only the broker can read is none of ours.
      isFound(text(policy, 'pattern'), name) === true,
  );
  const highest = largest(matching.map(priorityOf));
  const names = matching
    .filter((policy) => priorityOf(policy) === highest)
    .map((policy) => text(policy, 'name'));
  return names.length === 0 ? null : names.sort(byCodeUnit).join(' or ');
}

// An exchange of retries has no policy of its own, but its queues have, and are named after it.
const markOf = (
  exchange: string,
  policies: readonly JsonObject[],
): string | null =>
  policies
    .map((policy) => text(policy, 'name'))
    .find((name) => name.startsWith(`queue:${exchange}.`)) ?? null;

const priorityOf = (policy: JsonObject): number =>
  Number(own(policy, 'priority') ?? 0);

// `quorum_queues`, `classic_queues` and `streams` exist from 3.12: counted as queues, so that one too many is told.
const applies = (applyTo: string, kind: 'queues' | 'exchanges'): boolean =>
  applyTo === 'all' ||
  applyTo === kind ||
  (kind === 'queues' && applyTo !== 'exchanges');
