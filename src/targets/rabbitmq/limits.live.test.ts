// Limits of a design in force on a running RabbitMQ: how long a message waits, how many do, how long a log remembers.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectAs, drain, readStream } from '../../testing/amqp-session.ts';
import type { AmqpSession } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { waitUntil } from '../../testing/brokers/wait-until.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

// The orders with a channel that forgets after two seconds.
const orders = ordersModel(rabbitmqRelease());
const model = {
  ...orders,
  channels: orders.channels.map((channel) =>
    channel.name === 'order'
      ? { ...channel, retention: { ...channel.retention, value: 2000 } }
      : channel,
  ),
};
const folder = writeRabbitmqFolder(model);
const { vhost } = folder.topology;

describeWithBroker('rabbitmq', 'the limits of a design', (server) => {
  let admin: AmqpSession | null = null;
  const session = (): AmqpSession => {
    if (admin === null) throw new Error('not connected');
    return admin;
  };
  beforeAll(async () => {
    expect(await folder.apply(server())).toMatchObject({ code: 0 });
    admin = await connectAs(server(), folder);
  }, 300_000);
  afterAll(async () => {
    await admin?.close();
    folder.remove();
  });
  const api = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<void> => {
    const { status } = await server().management(method, `/api/${path}`, {
      body,
    });
    expect(status).toBeLessThan(300);
  };

  it('gives a message up that waited longer than its retention, as expired', async () => {
    await session().publish({
      exchange: 'order',
      routingKey: 'order.paid',
      body: 'late',
    });
    const channel = await session().channel();
    let reason: unknown = null;
    await waitUntil(
      async () => {
        const message = await channel.get('shipping.order.dlq', {
          noAck: true,
        });
        if (message === false) return false;
        const [death] = (message.properties.headers?.['x-death'] ??
          []) as readonly { readonly reason: string }[];
        reason = death?.reason;
        return true;
      },
      { what: 'a dead letter', timeoutMs: 60_000 },
    );
    await channel.close();
    expect(reason).toBe('expired');
  }, 300_000);

  it('lets the oldest message make room where nothing is promised', async () => {
    const policy = folder.topology.policies.find(
      ({ name }) => name === 'queue:monitor.heartbeat',
    );
    await api('PUT', `policies/${vhost}/queue%3Amonitor.heartbeat`, {
      pattern: policy?.pattern,
      'apply-to': policy?.applyTo,
      priority: policy?.priority,
      definition: { ...policy?.definition, 'max-length': 3 },
    });
    for (const body of ['1', '2', '3', '4', '5'])
      await session().publish({
        exchange: 'heartbeat',
        routingKey: 'heartbeat',
        body,
      });
    expect(await drain(session(), 'monitor.heartbeat')).toEqual([
      '3',
      '4',
      '5',
    ]);
  });

  it('drops what is older than the retention from a log, by whole segments', async () => {
    // The design's stream, with segments small enough for a test; the policy with its age is the design's own.
    await api('DELETE', `queues/${vhost}/order.log`);
    await api('PUT', `queues/${vhost}/order.log`, {
      durable: true,
      arguments: {
        'x-queue-type': 'stream',
        'x-stream-max-segment-size-bytes': 1_000_000,
      },
    });
    await api('POST', `bindings/${vhost}/e/order/q/order.log`, {
      routing_key: 'order.created',
    });
    const publish = async (body: string): Promise<void> =>
      session().publish({
        exchange: 'order',
        routingKey: 'order.created',
        body: `${body} ${'x'.repeat(400_000)}`,
      });
    for (const body of ['a', 'b', 'c', 'd']) await publish(body);
    await waitUntil(
      async () => {
        // Ages are looked at when a segment is full.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        for (const body of ['later', 'later', 'later']) await publish(body);
        const texts = await readStream(session(), 'order.log');
        return !texts.some((text) => text.startsWith('a '));
      },
      { what: 'the end of the first segment', timeoutMs: 60_000 },
    );
  }, 300_000);
});
