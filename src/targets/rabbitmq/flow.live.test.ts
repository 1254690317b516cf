import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Message } from 'amqplib';
import {
  connectAs,
  drain,
  drainAll,
  readStream,
} from '../../testing/amqp-session.ts';
import type { AmqpSession } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { waitUntil } from '../../testing/brokers/wait-until.ts';
import { keyHeaders } from '../../testing/key-headers.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const model = ordersModel(rabbitmqRelease());
const folder = writeRabbitmqFolder(model);
const { topology } = folder;
const drained = topology.queues
  .filter(({ type }) => type !== 'stream')
  .map(({ name }) => name);

const patience = { timeoutMs: 60_000, what: 'messages' };

// Lanes of one group count as one place.
const placeOf = (queue: string): string => queue.replace(/\.lane\.\d+$/, '');

/** Where an event has to arrive, said from the spec: the queue of each group that handles it. */
const placesOf = (event: string): readonly string[] =>
  model.groups
    .filter(({ events }) => events.includes(event))
    .map((group) =>
      group.isCommandQueue ? (group.channels[0] ?? '') : group.name,
    )
    .sort();

// Takes messages one at a time and gives the seventh back once.
const listenInto = async (
  session: AmqpSession,
  into: string[],
): Promise<() => Promise<void>> => {
  const channel = await session.channel();
  await channel.prefetch(1);
  await channel.consume('shipping.order', (message) => {
    if (message === null) return;
    const text = message.content.toString();
    if (
      text === 'm7' &&
      message.properties.headers?.['x-delivery-count'] === undefined
    ) {
      channel.reject(message, true);
      return;
    }
    into.push(text);
    channel.ack(message);
  });
  return async () => channel.close();
};

describeWithBroker('rabbitmq', 'messages through the design', (server) => {
  const sessions = new Map<string, AmqpSession>();
  const as = (user: string): AmqpSession => {
    const session = sessions.get(user);
    if (session === undefined) throw new Error(`${user} is not connected`);
    return session;
  };
  beforeAll(async () => {
    const run = await folder.apply(server());
    if (run.code !== 0) throw new Error(run.stderr);
    sessions.set('admin', await connectAs(server(), folder));
    for (const { name } of topology.users) {
      sessions.set(name, await connectAs(server(), folder, name));
    }
  });
  afterEach(async () => {
    await drainAll(as('admin'), drained);
  });
  afterAll(async () => {
    for (const session of sessions.values()) await session.close();
    folder.remove();
  });

  it.each(topology.publishers)(
    'brings $event to the queues of its consumers and to no other',
    async ({ service, event, exchange, routingKey }) => {
      await as(service).publish({
        exchange,
        routingKey,
        body: event,
        headers: keyHeaders('order-1', topology.slots.value),
      });
      const taken = await drainAll(as('admin'), drained);
      const reached = drained
        .filter((queue) => taken.get(queue)?.includes(event) ?? false)
        .map(placeOf);
      expect(reached.sort()).toEqual(placesOf(event));
    },
  );

  it('keeps a channel with a retention of its own for replay', async () => {
    const texts = await readStream(as('analytics'), 'order.log');
    expect(texts).toEqual(['order.created', 'order.paid', 'order.cancelled']);
  });

  it('keeps what no binding takes, and says nothing about what nobody consumes', async () => {
    await as('admin').publish({
      exchange: 'order',
      routingKey: 'order.unknown',
      body: 'lost?',
    });
    expect(await drain(as('admin'), 'unrouted')).toEqual(['lost?']);
    await as('orders').publish({
      exchange: 'order.exported',
      routingKey: 'order.exported',
      body: 'exported',
    });
    expect(await drain(as('admin'), 'unrouted')).toEqual([]);
  });

  const deadLetter = async (
    queue: string,
  ): Promise<{
    readonly text: string;
    readonly reason: unknown;
    readonly from: unknown;
  }> => {
    const channel = await as('admin').channel();
    let message: Message | false = false;
    await waitUntil(
      async () => {
        message = await channel.get(queue, { noAck: true });
        return message !== false;
      },
      { ...patience, what: `a message in ${queue}` },
    );
    const taken = message as unknown as Message;
    const [death] = (taken.properties.headers?.['x-death'] ?? []) as readonly {
      readonly reason: string;
      readonly queue: string;
    }[];
    return {
      text: taken.content.toString(),
      reason: death?.reason,
      from: death?.queue,
    };
  };

  it('gives a poison message up after exactly the declared attempts, held for the declared delay', async () => {
    const times: number[] = [];
    const counts: unknown[] = [];
    const channel = await as('shipping').channel();
    await channel.prefetch(1);
    await channel.consume('shipping.order', (message) => {
      if (message === null) return;
      times.push(performance.now());
      counts.push(message.properties.headers?.['x-delivery-count'] ?? 0);
      // As the client settings say: hold for the delay, then reject with requeue.
      setTimeout(() => channel.reject(message, true), 200).unref();
    });
    await as('orders').publish({
      exchange: 'order',
      routingKey: 'order.paid',
      body: 'poison',
    });
    expect(await deadLetter('shipping.order.dlq')).toEqual({
      text: 'poison',
      reason: 'delivery_limit',
      from: 'shipping.order',
    });
    await channel.close();
    expect(counts).toEqual([0, 1, 2]);
    const gaps = times
      .slice(1)
      .map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(195);
    expect(Math.max(...gaps)).toBeLessThan(1500);
  });

  it('gives up at once when one attempt is declared', async () => {
    let deliveries = 0;
    const channel = await as('analytics').channel();
    await channel.consume('analytics.order', (message) => {
      if (message === null) return;
      deliveries += 1;
      channel.reject(message, true);
    });
    await as('orders').publish({
      exchange: 'order',
      routingKey: 'order.cancelled',
      body: 'once',
    });
    expect(await deadLetter('analytics.order.dlq')).toMatchObject({
      reason: 'delivery_limit',
    });
    await channel.close();
    expect(deliveries).toBe(1);
  });

  it('brings a message that was set aside back after each declared delay, then to the dead letters', async () => {
    const consumer = topology.consumers.find(
      ({ group }) => group === 'notification.order',
    );
    const delays = consumer?.retries[0]?.delaysMs ?? [];
    const times: number[] = [];
    const types: unknown[] = [];
    const channel = await as('notification').channel();
    await channel.consume('notification.order', (message) => {
      if (message === null) return;
      times.push(performance.now());
      types.push(message.properties.type);
      const attempt = Number(message.properties.headers?.['x-attempt'] ?? 1);
      const delay = delays[attempt - 1];
      if (delay === undefined) {
        channel.reject(message, false);
        return;
      }
      channel.publish(
        consumer?.retryExchange ?? '',
        `${delay}ms`,
        message.content,
        {
          ...message.properties,
          persistent: true,
          headers: { ...message.properties.headers, 'x-attempt': attempt + 1 },
        },
      );
      void channel.waitForConfirms().then(() => channel.ack(message));
    });
    await as('orders').publish({
      exchange: 'order',
      routingKey: 'order.created',
      body: 'poison',
    });
    expect(await deadLetter('notification.order.dlq')).toEqual({
      text: 'poison',
      reason: 'rejected',
      from: 'notification.order',
    });
    await channel.close();
    expect(types).toEqual(Array.from({ length: 4 }, () => 'order.created'));
    const gaps = times
      .slice(1)
      .map((time, index) => time - (times[index] ?? 0));
    expect(
      gaps.map(
        (gap, index) =>
          gap >= (delays[index] ?? 0) - 5 && gap < (delays[index] ?? 0) + 1500,
      ),
    ).toEqual([true, true, true]);
  });

  it('keeps order on an ordered queue with two consumers, also across a requeue', async () => {
    const sent = Array.from({ length: 40 }, (_, index) => `m${index}`);
    const first: string[] = [];
    const second: string[] = [];
    const closers = [
      await listenInto(as('shipping'), first),
      await listenInto(as('shipping'), second),
    ];
    for (const body of sent) {
      await as('orders').publish({
        exchange: 'order',
        routingKey: 'order.paid',
        body,
      });
    }
    await waitUntil(
      async () => Promise.resolve(first.length + second.length >= sent.length),
      patience,
    );
    for (const close of closers) await close();
    expect(first).toEqual(sent);
    expect(second).toEqual([]);
  });

  it('keeps each key in one lane, in order, and uses every lane', async () => {
    const lanes =
      topology.consumers.find(({ service }) => service === 'inventory')
        ?.queues ?? [];
    for (let index = 0; index < 90; index += 1) {
      await as('orders').publish({
        exchange: 'command.reserve-stock',
        routingKey: 'command.reserve-stock',
        body: `${index % 30} ${String(index).padStart(3, '0')}`,
        headers: keyHeaders(`order-${index % 30}`, topology.slots.value),
      });
    }
    const byLane = [...(await drainAll(as('inventory'), lanes)).values()];
    const keysByLane = byLane.map(
      (texts) => new Set(texts.map((text) => text.split(' ')[0])),
    );
    expect(byLane.map((texts) => texts.length > 0)).toEqual([true, true, true]);
    expect(keysByLane.reduce((sum, keys) => sum + keys.size, 0)).toBe(30);
    const sortedByKey = byLane.every((texts) =>
      [...new Set(texts.map((text) => text.split(' ')[0]))].every((key) => {
        const own = texts.filter((text) => text.startsWith(`${key} `));
        return own.join() === [...own].sort().join();
      }),
    );
    expect(sortedByKey).toBe(true);
  });

  it('answers a request by direct reply-to, and forgets one that nobody answered in time', async () => {
    const responder = await as('inventory').channel();
    const { consumerTag } = await responder.consume(
      'stock.check',
      (message) => {
        if (message === null) return;
        responder.publish(
          '',
          String(message.properties.replyTo),
          Buffer.from('yes'),
          {
            correlationId: message.properties.correlationId,
          },
        );
        responder.ack(message);
      },
    );
    const requester = await as('orders').channel();
    const reply = new Promise<string>((resolve) => {
      void requester
        .consume(
          'amq.rabbitmq.reply-to',
          (message) =>
            resolve(
              `${message?.properties.correlationId} ${message?.content.toString()}`,
            ),
          { noAck: true },
        )
        .then(() =>
          requester.publish('stock.check', 'stock.check', Buffer.from('?'), {
            replyTo: 'amq.rabbitmq.reply-to',
            correlationId: 'c-1',
          }),
        );
    });
    expect(await reply).toBe('c-1 yes');
    await responder.cancel(consumerTag);
    await requester.close();
    await as('orders').publish({
      exchange: 'stock.check',
      routingKey: 'stock.check',
      body: 'late',
    });
    await new Promise((resolve) => setTimeout(resolve, 5500));
    expect(await drain(as('inventory'), 'stock.check')).toEqual([]);
  });

  it('refuses publishers instead of dropping when a queue is full', async () => {
    await server().management(
      'PUT',
      '/api/policies/orders/queue:shipping.order',
      {
        body: {
          pattern: '^shipping\\.order$',
          'apply-to': 'queues',
          definition: { ...policyOf('queue:shipping.order'), 'max-length': 3 },
          priority: 10,
        },
      },
    );
    const channel = await as('orders').channel();
    const outcomes: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      outcomes.push(
        await new Promise<string>((resolve) =>
          channel.publish(
            'order',
            'order.paid',
            Buffer.from(`f${index}`),
            { persistent: true },
            (error) => resolve(error === null ? 'confirmed' : 'refused'),
          ),
        ),
      );
    }
    await channel.close();
    const confirmed = outcomes.filter(
      (outcome) => outcome === 'confirmed',
    ).length;
    expect(outcomes).toContain('refused');
    expect(await drain(as('shipping'), 'shipping.order')).toHaveLength(
      confirmed,
    );
  });
});

function policyOf(name: string): object {
  return (
    topology.policies.find((policy) => policy.name === name)?.definition ?? {}
  );
}
