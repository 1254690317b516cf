import { expect, it } from 'vitest';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Model } from '../model/model.ts';
import {
  channelOf,
  eventOf,
  shopModel,
  subscriptionOf,
  written,
} from '../testing/shop-model.ts';
import { toolOptions } from './kafka/tool-options.ts';
import { kafka } from './kafka.ts';

const codes = (part: Partial<Model>): readonly string[] =>
  kafka.check(shopModel(part)).map((one: Diagnostic) => one.code);

const broker = (version: string, options = {}): Pick<Model, 'broker'> => ({
  broker: {
    kind: 'kafka',
    choice: written('kafka'),
    title: 'Apache Kafka',
    version: written(version, '/broker/version'),
    options,
    orderingScope: 'partition',
    origin: '/broker',
  },
});

const environment = (
  replication: number,
  minInSync: number,
): Pick<Model, 'environments'> => ({
  environments: [
    {
      name: 'prod',
      replication: written(replication),
      minInSync: written(minInSync),
      hosts: [],
      origin: '/environments/prod',
    },
  ],
});

it('has nothing against the shop', () => {
  expect(codes({})).toEqual([]);
});

it.each([
  ['3.8', ['broker/kafka-unknown-version']],
  ['3.9', []],
  ['4.4.0', []],
  ['5.0', ['broker/kafka-unknown-version']],
])('takes version %s or refuses it', (version, expected) => {
  expect(codes(broker(version))).toEqual(expected);
});

it('refuses the new group protocol on 3.9 and with kafkajs', () => {
  const options = { groupProtocol: 'consumer' };
  expect(codes(broker('3.9', options))).toEqual([
    'broker/kafka-group-protocol',
    'broker/kafka-group-protocol',
  ]);
  expect(codes(broker('4.1', { ...options, client: 'platformatic' }))).toEqual(
    [],
  );
});

it.each([
  [3, 3, ['broker/kafka-min-in-sync-all']],
  [3, 1, ['broker/kafka-min-in-sync-one']],
  [1, 1, []],
  [3, 2, []],
])('judges %i copies with %i in sync', (replication, minInSync, expected) => {
  expect(codes(environment(replication, minInSync))).toEqual(expected);
});

it('refuses topics that differ only in "." and "_", and in "_" and "-"', () => {
  const found = kafka.check(
    shopModel({
      channels: ['a.b', 'a_b', 'a-b'].map((name) => channelOf(name, [])),
    }),
  );
  expect(found.map((one) => one.message)).toEqual([
    `topics "a.b" and "a_b" are one name in Kafka's metrics`,
    'topics "a_b" and "a-b" are one name in Kubernetes',
  ]);
});

it('refuses a generated name beyond 249 characters', () => {
  const long = 'c'.repeat(160);
  const group = 'g'.repeat(120);
  const subscription = subscriptionOf('shipping-service', long, { group });
  expect(
    codes({
      events: [eventOf(long)],
      channels: [channelOf(long, [long])],
      publications: [],
      subscriptions: [subscription],
      groups: [
        {
          ...subscription,
          name: group,
          channels: [long],
          subscriptions: [subscription.id],
          isCommandQueue: false,
        },
      ],
    }),
  ).toEqual(['broker/kafka-name-too-long']);
});

it('refuses services that share a user or a password variable', () => {
  const { services } = shopModel();
  const first = services[0]!;
  expect(
    codes({
      services: [
        ...services,
        { ...first, name: 'order.service' },
        { ...first, name: 'shop-exporter' },
      ],
    }),
  ).toEqual(['broker/kafka-user-collision', 'broker/kafka-user-collision']);
});

it('refuses compaction without keys and of an event store', () => {
  const { aggregates: _, ...shop } = shopModel();
  const event = eventOf('order.created', { key: null, aggregate: 'order' });
  expect(
    codes({
      ...shop,
      eventStore: written('broker'),
      events: [event],
      channels: [
        channelOf('order.created', ['order.created'], {
          isCompacted: written(true),
        }),
      ],
      aggregates: [
        {
          name: 'order',
          description: null,
          service: 'order-service',
          storage: written('event-sourced'),
          snapshotEvery: null,
          states: [],
          commands: [],
          events: ['order.created'],
          key: null,
          origin: '/aggregates/order',
        },
      ],
      groups: [],
    }),
  ).toEqual([
    'broker/kafka-compacted-store',
    'broker/kafka-compaction-without-key',
  ]);
});

it('warns of consumers that no partition is left for', () => {
  const { channels } = shopModel();
  expect(
    codes({
      channels: channels.map((channel) => ({
        ...channel,
        partitions: written(6),
      })),
    }),
  ).toEqual(['broker/kafka-idle-consumers']);
});

it.each([
  ['3.9', 'property', 'consumer.config'],
  ['4.1', 'property', 'consumer.config'],
  ['4.2', 'formatter-property', 'command-config'],
  ['4.4', 'formatter-property', 'command-config'],
])(
  'names the options of the console tools of %s',
  (version, formatter, consumerConfig) => {
    expect(toolOptions(version)).toMatchObject({ formatter, consumerConfig });
  },
);
