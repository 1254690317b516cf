import { expect, it } from 'vitest';
import { shopModel, written } from '../testing/shop-model.ts';
import { planCapacity } from './capacity.ts';
import { retryDelays } from './retry-delays.ts';

it('sizes a channel by production, consumption and consumers, with the numbers in the formula', () => {
  const order = planCapacity(shopModel()).channels.get('order');
  // 2000/s x 1 KiB = 2.05 MB/s: one partition of 10 MB/s. 2000/s x 10 ms: 20 lanes. 20 x 1.5 = 30, rounded up to 36.
  expect(order?.partitions).toMatchObject({
    value: 12,
    computed: 36,
    forProducing: 1,
    forConsuming: 20,
    maxConsumers: 1,
    formula:
      'max(produce 1, consume 20, most consumers of one group 1) x headroom 1.5, rounded up to 36',
  });
  expect(order?.load?.undeclared).toEqual(['order.paid']);
  // 500/s x 1024 B x 30 d
  expect(order?.storedBytes).toBe(500 * 1024 * 30 * 86_400);
});

it('counts consumers where no volume is declared, and says so', () => {
  const plan = planCapacity(shopModel()).channels.get('command.reserve-stock');
  expect(plan?.load).toBeNull();
  expect(plan?.partitions).toMatchObject({ value: 12, maxConsumers: 8 });
  expect(plan?.partitions.formula).toContain('no volume declared');
});

it('lets a copy hand the messages of one partition to all its handlers where no order is asked for', () => {
  const shop = shopModel();
  const groups = shop.groups.map((group) =>
    group.channels.includes('order')
      ? {
          ...group,
          ordering: written('none' as const),
          instances: written(12),
          concurrency: written(50),
        }
      : group,
  );
  const { channels, groups: sized } = planCapacity(shopModel({ groups }));
  // 2000/s x 10 ms: 20 handlers, which one copy with 50 has. 12 copies want a partition each: 12 x 1.5 = 18.
  expect(channels.get('order')?.partitions).toMatchObject({
    computed: 18,
    forConsuming: 1,
    maxConsumers: 12,
  });
  expect(sized.get('notification-service.order.created')?.lanes).toBe(600);
});

it('counts the hash lanes of a group with order per key where order lies in queues', () => {
  const shop = shopModel();
  const onQueues = (part: Partial<typeof shop>): ReturnType<typeof shopModel> =>
    shopModel({
      broker: { ...shop.broker, kind: 'rabbitmq', orderingScope: 'queue' },
      ...part,
    });
  const lanesOf = (model: typeof shop, group: string): number | undefined =>
    planCapacity(model).groups.get(group)?.lanes;
  const ordered = shop.groups.map((group) => ({
    ...group,
    ordering: written('per-key' as const),
  }));
  const group = 'notification-service.order.created';
  // 20 busy consumers at 70%: 29 lanes; the 12 partitions declared for the channel go before.
  expect(lanesOf(onQueues({ groups: ordered }), group)).toBe(12);
  const channels = shop.channels.map((one) => ({ ...one, partitions: null }));
  expect(lanesOf(onQueues({ groups: ordered, channels }), group)).toBe(29);
  expect(
    lanesOf(
      onQueues({
        groups: ordered.map((one) => ({
          ...one,
          ordering: written('total' as const),
        })),
      }),
      group,
    ),
  ).toBe(1);
});

it('gives total order one partition', () => {
  const { channels } = shopModel();
  const model = shopModel({
    channels: channels.map((channel) => ({
      ...channel,
      partitions: null,
      ordering: written('total' as const),
    })),
  });
  expect(planCapacity(model).channels.get('order')?.partitions.value).toBe(1);
});

it('tells how busy a group is and that one lane never catches up with 500/s at 10 ms', () => {
  const group = planCapacity(shopModel()).groups.get(
    'notification-service.order.created',
  );
  expect(group).toMatchObject({
    lanes: 1,
    capacityPerSecond: 100,
    utilisation: 5,
    peakUtilisation: 20,
    catchUpMs: null,
  });
});

it('computes the time to catch up from rate and capacity', () => {
  const shop = shopModel();
  const model = shopModel({
    groups: shop.groups.map((group) => ({ ...group, instances: written(10) })),
  });
  // Capacity 1000/s, rate 500/s: an hour's backlog of 1.8 M drains at 500/s in an hour.
  expect(
    planCapacity(model).groups.get('notification-service.order.created')
      ?.catchUpMs,
  ).toBe(3_600_000);
});

it('doubles delays up to the bound, or keeps them fixed', () => {
  const retry = {
    attempts: 5,
    firstMs: 1000,
    maxMs: 5000,
    mode: 'blocking',
  } as const;
  expect(retryDelays({ ...retry, backoff: 'exponential' })).toEqual([
    1000, 2000, 4000, 5000,
  ]);
  expect(retryDelays({ ...retry, backoff: 'fixed' })).toEqual([
    1000, 1000, 1000, 1000,
  ]);
});
