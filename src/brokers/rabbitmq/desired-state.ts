// A topology as resources that every broker shares, to be compared with what is live.
import { inCreationOrder } from './creation-order.ts';
import { exactly } from './names.ts';
import { claimsOf } from './ownership.ts';
import {
  bindingName,
  slotName,
  topicPermissionName,
} from './resource-texts.ts';
import { slotOf } from './slots.ts';
import { gather } from '../../core/gather.ts';
import type { JsonValue } from '../../core/json.ts';
import type {
  BrokerResource,
  DesiredState,
  Mutability,
  ResourceSetting,
} from '../resource.ts';
import type { Policy, Provenance, Topology } from './topology.ts';

/**
 * Makes the resources of a topology, in the order in which they have to be created.
 *
 * @param alsoAllowed users of others whose rights on the design's own things are no difference
 */
export function toDesiredState(
  topology: Topology,
  alsoAllowed: readonly string[] = [],
): DesiredState {
  return {
    resources: inCreationOrder(resourcesOf(topology), topology),
    claimOf: claimsOf(topology, alsoAllowed),
  };
}

function resourcesOf(topology: Topology): readonly BrokerResource[] {
  const exchangePolicies = policyByTarget(topology, 'exchanges');
  return [
    resource('vhost', topology.vhost, vhostOrigin, {}),
    ...topology.users.map(({ name, why }) =>
      resource('user', name, why, inPlace(why, { tags: '' })),
    ),
    ...topology.permissions.map(({ user, why, ...rights }) =>
      resource(
        'permission',
        user,
        why,
        inPlace(why, {
          configure: exactly(rights.configure),
          write: exactly(rights.write),
          read: exactly(rights.read),
        }),
      ),
    ),
    ...topology.policies.map(policyResource),
    ...topology.exchanges.map(({ name, type, arguments: given, why }) =>
      resource('exchange', name, why, {
        ...settings(why, 'fixed', { type, durable: true, arguments: given }),
        ...settings(why, 'elsewhere', {
          policy: exchangePolicies.get(name) ?? null,
        }),
      }),
    ),
    ...topology.topicPermissions.map(({ user, exchange, write, why }) =>
      resource(
        'topic-permission',
        topicPermissionName(user, exchange),
        why,
        inPlace(why, { write: exactly(write), read: '^$' }),
      ),
    ),
    ...queueResources(topology),
    ...slotResources(topology),
    ...topology.bindings
      .filter(({ arguments: given }) => slotOf(given) === null)
      .map((binding) =>
        resource('binding', bindingName(binding), binding.why, {}),
      ),
  ];
}

// One resource for the slots of an exchange, each a setting: a slot that changes its lane is moved, so that it is never
// bound to both for longer than the move takes, and never to none.
function slotResources(topology: Topology): readonly BrokerResource[] {
  const bound = topology.bindings.flatMap((binding) => {
    const slot = slotOf(binding.arguments);
    return slot === null ? [] : [{ ...binding, slot }];
  });
  return [...gather(bound, ({ source }) => [source])].flatMap(
    ([exchange, slots]) => {
      const [first] = slots;
      if (first === undefined) return [];
      const lanes = slots.map(
        ({ slot, destination }) => [slotName(slot), destination] as const,
      );
      return [
        resource(
          'slots',
          exchange,
          first.why,
          inPlace(first.why, Object.fromEntries(lanes)),
        ),
      ];
    },
  );
}

const vhostOrigin: Provenance = {
  pointer: '/broker',
  because: 'one virtual host holds the whole design',
};

function policyResource(policy: Policy): BrokerResource {
  return resource(
    'policy',
    policy.name,
    policy.why,
    inPlace(policy.why, {
      pattern: policy.pattern,
      'apply-to': policy.applyTo,
      definition: policy.definition,
      priority: policy.priority,
    }),
  );
}

function queueResources(topology: Topology): readonly BrokerResource[] {
  const policies = policyByTarget(topology, 'queues');
  return topology.queues.map((queue) => {
    const { 'x-queue-type': type, ...others } = queue.arguments;
    return resource('queue', queue.name, queue.why, {
      ...settings(queue.why, 'fixed', {
        type: type ?? queue.type,
        durable: queue.isDurable,
        arguments: others,
      }),
      // Not set on the queue itself: another policy of a higher priority that matches it would show here.
      ...settings(queue.why, 'elsewhere', {
        policy: policies.get(queue.name) ?? null,
      }),
    });
  });
}

function policyByTarget(
  topology: Topology,
  kind: Policy['applyTo'],
): ReadonlyMap<string, string> {
  return new Map(
    topology.policies.flatMap(({ name, applyTo, targets }) =>
      applyTo === kind
        ? targets.map((target): readonly [string, string] => [target, name])
        : [],
    ),
  );
}

const resource = (
  kind: string,
  name: string,
  why: Provenance,
  given: BrokerResource['settings'],
): BrokerResource => ({
  kind,
  name,
  settings: given,
  origin: why.pointer,
  because: why.because,
});

const inPlace = (
  why: Provenance,
  values: Readonly<Record<string, JsonValue>>,
): Readonly<Record<string, ResourceSetting>> =>
  settings(why, 'in-place', values);

const settings = (
  why: Provenance,
  mutability: Mutability,
  values: Readonly<Record<string, JsonValue>>,
): Readonly<Record<string, ResourceSetting>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value, mutability, origin: why.pointer, because: why.because },
    ]),
  );
