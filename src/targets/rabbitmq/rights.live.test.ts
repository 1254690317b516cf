import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectAs } from '../../testing/amqp-session.ts';
import type { AmqpSession } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const model = ordersModel(rabbitmqRelease());
const folder = writeRabbitmqFolder(model);
const { topology } = folder;
const users = topology.users.map(({ name }) => name);
const keys = [
  ...new Set([
    ...model.events.map(({ name }) => name),
    ...topology.consumers.map(({ deadLetterQueue }) =>
      (deadLetterQueue ?? 'none.dlq').replace(/\.dlq$/, ''),
    ),
    'order.unknown',
  ]),
];

/** What a service may publish, said from the spec: `exchange key` for each event, request and rung of a ladder. */
const mayPublish: Readonly<Record<string, readonly string[]>> = {
  orders: [
    'order order.created',
    'order order.paid',
    'order order.cancelled',
    'order.exported order.exported',
    'command.reserve-stock command.reserve-stock',
    'stock.check command',
    'dead-letters orders.stock.reserved',
  ],
  inventory: [
    'stock.reserved stock.reserved',
    'heartbeat heartbeat',
    'dead-letters command.reserve-stock',
  ],
  notification: [
    'notification.order.retry command',
    'dead-letters notification.order',
  ],
  shipping: ['dead-letters shipping.order'],
  analytics: ['dead-letters analytics.order'],
  monitor: [],
};

const mayRead: Readonly<Record<string, readonly string[]>> = {
  orders: ['orders.stock.reserved', 'orders.stock.reserved.dlq'],
  inventory: [
    'command.reserve-stock.lane.0',
    'command.reserve-stock.lane.1',
    'command.reserve-stock.lane.2',
    'command.reserve-stock.dlq',
    'stock.check',
  ],
  notification: ['notification.order', 'notification.order.dlq'],
  shipping: ['shipping.order', 'shipping.order.dlq'],
  // The whole channel's events are its own subscription, so it may read them again.
  analytics: ['analytics.order', 'analytics.order.dlq', 'order.log'],
  monitor: ['monitor.heartbeat'],
};

// Direct exchanges do not limit keys by right: an unknown key is unroutable there, so any key stands for all.
const keysOf = (type: string): readonly string[] =>
  type === 'topic' ? keys : ['command'];

describeWithBroker('rabbitmq', 'the rights of each service', (server) => {
  const sessions = new Map<string, AmqpSession>();
  const as = (user: string): AmqpSession => {
    const session = sessions.get(user);
    if (session === undefined) throw new Error(`${user} is not connected`);
    return session;
  };
  beforeAll(async () => {
    const run = await folder.apply(server());
    if (run.code !== 0) throw new Error(run.stderr);
    for (const user of users) {
      sessions.set(user, await connectAs(server(), folder, user));
    }
  });
  afterAll(async () => {
    for (const session of sessions.values()) await session.close();
    folder.remove();
  });

  it.each(users)(
    'lets %s publish its own events and no others',
    async (user) => {
      const allowed: string[] = [];
      const codes = new Set<string>();
      for (const { name, type } of topology.exchanges) {
        for (const key of keysOf(type)) {
          const code = await as(user).attempt(async (channel) =>
            Promise.resolve(channel.publish(name, key, Buffer.from('probe'))),
          );
          codes.add(code);
          if (code === 'ok') allowed.push(`${name} ${key}`);
        }
      }
      const wanted = (mayPublish[user] ?? []).map((place) =>
        place.startsWith('command.') ? 'command.reserve-stock command' : place,
      );
      expect(allowed.sort()).toEqual([...wanted].sort());
      expect([...codes].filter((code) => code !== 'ok')).toEqual(['403']);
    },
  );

  it.each(users)(
    'lets %s consume its own queues and dead letters and no others',
    async (user) => {
      const allowed: string[] = [];
      for (const { name, type } of topology.queues) {
        const code = await as(user).attempt(async (channel) => {
          await channel.prefetch(1);
          const { consumerTag } = await channel.consume(
            name,
            () => undefined,
            type === 'stream'
              ? { arguments: { 'x-stream-offset': 'first' } }
              : {},
          );
          await channel.cancel(consumerTag);
        });
        if (code === 'ok') allowed.push(name);
        else expect(code).toBe('403');
      }
      expect(allowed.sort()).toEqual([...(mayRead[user] ?? [])].sort());
    },
  );

  it.each(users)(
    'lets %s check its queues and declare, bind or delete nothing',
    async (user) => {
      const [own = ''] = mayRead[user] ?? [];
      const check = await as(user).attempt(async (channel) =>
        channel.checkQueue(own),
      );
      const declare = await as(user).attempt(async (channel) =>
        channel.assertQueue('mine', { durable: true }),
      );
      const exchange = await as(user).attempt(async (channel) =>
        channel.assertExchange('mine', 'topic'),
      );
      const bind = await as(user).attempt(async (channel) =>
        channel.bindQueue(own, 'order', '#'),
      );
      const unbind = await as(user).attempt(async (channel) =>
        channel.unbindQueue(own, 'order', 'order.paid'),
      );
      const remove = await as(user).attempt(async (channel) =>
        channel.deleteQueue(own),
      );
      expect({ check, declare, exchange, bind, unbind, remove }).toEqual({
        check: 'ok',
        declare: '403',
        exchange: '403',
        bind: '403',
        unbind: '403',
        remove: '403',
      });
    },
  );

  it('lets a responder answer by the default exchange, and only a responder', async () => {
    const codes: Record<string, string> = {};
    for (const user of users) {
      codes[user] = await as(user).attempt(async (channel) =>
        Promise.resolve(channel.publish('', 'nowhere', Buffer.from('probe'))),
      );
    }
    expect(codes).toEqual({
      orders: '403',
      inventory: 'ok',
      shipping: '403',
      notification: '403',
      analytics: '403',
      monitor: '403',
    });
  });

  it('lets nobody into another virtual host', async () => {
    await expect(
      connectAs(
        server(),
        { ...folder, topology: { ...topology, vhost: '/' } },
        'orders',
      ),
    ).rejects.toThrow('ConnectionClose');
  });
});
