import { describe, expect, it } from 'vitest';
import { loadModel } from '../../testing/load-model.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { inspectTopology } from './inspect-topology.ts';
import { lowerToTopology } from './lower.ts';
import { knownVersions } from './version.ts';
import type { Model } from '../../model/model.ts';
import type { Policy, Queue, Topology } from './topology.ts';

const lowered = (model: Model, index = 0): Topology => {
  const environment = model.environments[index];
  if (environment === undefined) throw new Error('no such environment');
  return lowerToTopology(model, environment);
};

const sound = lowered(ordersModel('4.1'));

const changedQueue = (name: string, change: Partial<Queue>): Topology => ({
  ...sound,
  queues: sound.queues.map((queue) =>
    queue.name === name ? { ...queue, ...change } : queue,
  ),
});

const changedPolicy = (
  name: string,
  change: (policy: Policy) => Partial<Policy>,
): Topology => ({
  ...sound,
  policies: sound.policies.map((policy) =>
    policy.name === name ? { ...policy, ...change(policy) } : policy,
  ),
});

const without = (policy: Policy, key: string): Partial<Policy> => {
  const { [key]: _dropped, ...definition } = policy.definition;
  return { definition };
};

const shipping = 'queue:shipping.order';
const lanesFault = 'RMQ013 exchange command.reserve-stock.lanes';

describe('a topology that a model gives', () => {
  it.each(knownVersions)('is sound for RabbitMQ %s', (version) => {
    expect(inspectTopology(lowered(ordersModel(version)))).toEqual([]);
  });

  it.each(['always', 'never'])('is sound with streams %s', (logs) => {
    expect(inspectTopology(lowered(ordersModel('4.1', { logs })))).toEqual([]);
  });

  it('is sound for the shop in each of its environments', () => {
    const shop = loadModel('shop', 'rabbitmq');
    expect(
      shop.environments.flatMap((_, index) =>
        inspectTopology(lowered(shop, index)),
      ),
    ).toEqual([]);
  });
});

/** Each line breaks one thing, and says which rule has to see it on which object. */
const mutations: readonly (readonly [string, Topology, string])[] = [
  [
    'a queue is gone',
    {
      ...sound,
      queues: sound.queues.filter(({ name }) => name !== 'analytics.order'),
    },
    'RMQ001 binding order -> analytics.order',
  ],
  [
    'an exchange is gone',
    {
      ...sound,
      exchanges: sound.exchanges.filter(
        ({ name }) => name !== 'stock.reserved',
      ),
    },
    'RMQ001 permission inventory',
  ],
  [
    'a quorum queue is not durable',
    changedQueue('shipping.order', { isDurable: false }),
    'RMQ002 queue shipping.order',
  ],
  [
    'a stream deletes itself',
    changedQueue('order.log', { isAutoDelete: true }),
    'RMQ002 queue order.log',
  ],
  [
    'a dead-letter queue is bound to nothing',
    {
      ...sound,
      bindings: sound.bindings.filter(
        ({ destination }) => destination !== 'shipping.order.dlq',
      ),
    },
    'RMQ003 queue shipping.order',
  ],
  [
    'the alternate exchange leads nowhere',
    {
      ...sound,
      bindings: sound.bindings.filter(({ source }) => source !== 'unrouted'),
    },
    'RMQ003 exchange order',
  ],
  [
    'reject-publish is missing',
    changedPolicy(shipping, (policy) => without(policy, 'overflow')),
    'RMQ004 queue shipping.order',
  ],
  [
    'max-length is missing',
    changedPolicy(shipping, (policy) => without(policy, 'max-length')),
    'RMQ004 queue shipping.order',
  ],
  [
    'dead-lettering is at-most-once',
    changedPolicy(shipping, (policy) =>
      without(policy, 'dead-letter-strategy'),
    ),
    'RMQ004 queue shipping.order',
  ],
  [
    'a queue takes everything',
    {
      ...sound,
      bindings: sound.bindings.map((binding) =>
        binding.destination === 'analytics.order'
          ? { ...binding, routingKey: '#' }
          : binding,
      ),
    },
    'RMQ005 binding order -> analytics.order',
  ],
  [
    'a right is a wildcard',
    {
      ...sound,
      permissions: sound.permissions.map((permission) =>
        permission.user === 'shipping'
          ? { ...permission, write: ['.*'] }
          : permission,
      ),
    },
    'RMQ007 permission shipping',
  ],
  [
    'an argument is misspelt',
    changedQueue('shipping.order', {
      arguments: { 'x-queue-type': 'quorum', 'x-single-active-consumr': true },
    }),
    'RMQ008 queue shipping.order',
  ],
  [
    'a policy mirrors queues',
    changedPolicy(shipping, ({ definition }) => ({
      definition: { ...definition, 'ha-mode': 'all' },
    })),
    `RMQ008 policy ${shipping}`,
  ],
  [
    'a slot leads to no lane',
    {
      ...sound,
      bindings: sound.bindings.filter(
        ({ arguments: given }) => given['partition'] !== '5',
      ),
    },
    lanesFault,
  ],
  [
    'a slot leads to two lanes',
    {
      ...sound,
      bindings: [
        ...sound.bindings,
        ...sound.bindings
          .filter(({ arguments: given }) => given['partition'] === '5')
          .map((binding) => ({
            ...binding,
            destination: 'command.reserve-stock.lane.0',
          })),
      ],
    },
    lanesFault,
  ],
  [
    'a lane has no slot',
    {
      ...sound,
      bindings: sound.bindings.map((binding) =>
        binding.destination === 'command.reserve-stock.lane.1'
          ? { ...binding, destination: 'command.reserve-stock.lane.0' }
          : binding,
      ),
    },
    lanesFault,
  ],
  [
    'a slot is a number, which not every client sends as the same type',
    {
      ...sound,
      bindings: sound.bindings.map((binding) =>
        binding.arguments['partition'] === '5'
          ? { ...binding, arguments: { 'x-match': 'all', partition: 5 } }
          : binding,
      ),
    },
    lanesFault,
  ],
  [
    'a message without a slot would be dropped',
    {
      ...sound,
      policies: sound.policies.filter(
        ({ name }) => name !== 'exchange:command.reserve-stock.lanes',
      ),
    },
    lanesFault,
  ],
  [
    'the version is older than a policy key',
    { ...sound, version: '3.12' },
    `RMQ008 policy ${shipping}`,
  ],
  [
    'a dot of a pattern is not escaped and it is not anchored',
    changedPolicy(shipping, () => ({ pattern: '^shipping.order' })),
    `RMQ009 policy ${shipping}`,
  ],
  [
    'a pattern does not compile',
    changedPolicy(shipping, () => ({ pattern: '^shipping(' })),
    `RMQ009 policy ${shipping}`,
  ],
  [
    'two policies match one queue',
    {
      ...sound,
      policies: [
        ...sound.policies,
        ...sound.policies
          .filter(({ name }) => name === shipping)
          .map((policy) => ({ ...policy, name: 'second' })),
      ],
    },
    'RMQ009 queue shipping.order',
  ],
  [
    'a classic queue is transient',
    changedQueue('monitor.heartbeat', { isDurable: false }),
    'RMQ010 queue monitor.heartbeat',
  ],
  [
    'an ordered queue is prefetched',
    {
      ...sound,
      consumers: sound.consumers.map((consumer) => ({
        ...consumer,
        prefetch: consumer.isSingleActive ? 2 : consumer.prefetch,
      })),
    },
    'RMQ012 consumer shipping.order',
  ],
  [
    'an ordered queue has no delivery limit',
    changedPolicy(shipping, (policy) => without(policy, 'delivery-limit')),
    'RMQ012 queue shipping.order',
  ],
];

it.each(mutations)('is told when %s', (_, topology, expected) => {
  expect(
    inspectTopology(topology).map(({ rule, object }) => `${rule} ${object}`),
  ).toContain(expected);
});
