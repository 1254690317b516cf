import { connect } from 'amqplib';
import { expect, it } from 'vitest';
import { describeWithBroker } from './describe-with-broker.ts';
import { startRabbitmq } from './rabbitmq.ts';
import { sleep } from './wait-until.ts';

// RabbitMQ 3.10 finds no leader any more for a quorum queue that was declared a second before SIGKILL, whatever it
// confirmed; declared six seconds before, the queue comes back with its messages.
const QUORUM_SETTLE_MS = 8000;
const QUEUE = 'orders.placed';
const DEFINITIONS = JSON.stringify({
  vhosts: [{ name: 'shop' }],
  queues: [
    {
      name: QUEUE,
      vhost: 'shop',
      durable: true,
      auto_delete: false,
      arguments: { 'x-queue-type': 'quorum' },
    },
  ],
});

describeWithBroker(
  'rabbitmq',
  'a private RabbitMQ',
  (rabbitmq) => {
    it('delivers what was published, also after SIGKILL and restart', async () => {
      const publisher = await connect(rabbitmq().amqpUrl());
      // The kill below breaks the connection, which amqplib reports as an event.
      publisher.on('error', () => undefined);
      const channel = await publisher.createConfirmChannel();
      channel.on('error', () => undefined);
      await channel.assertQueue(QUEUE, {
        durable: true,
        arguments: { 'x-queue-type': 'quorum' },
      });
      await sleep(QUORUM_SETTLE_MS);
      channel.sendToQueue(QUEUE, Buffer.from('order 1'), { persistent: true });
      await channel.waitForConfirms();
      const before = rabbitmq().pid();
      await rabbitmq().kill9();
      await rabbitmq().restart();
      expect(rabbitmq().pid()).not.toBe(before);
      const consumer = await connect(rabbitmq().amqpUrl());
      const message = await (
        await consumer.createChannel()
      ).get(QUEUE, { noAck: true });
      expect(message === false ? null : message.content.toString()).toBe(
        'order 1',
      );
      await consumer.close();
    }, 300_000);

    it('refuses a wrong password and an unknown user', async () => {
      await expect(
        connect(rabbitmq().amqpUrl({ password: 'wrong' })),
      ).rejects.toThrow('ACCESS_REFUSED');
      const login = { username: 'nobody', password: 'x' };
      await expect(connect(rabbitmq().amqpUrl(login))).rejects.toThrow(
        'ACCESS_REFUSED',
      );
      expect(
        (await rabbitmq().management('GET', '/api/overview', { as: login }))
          .status,
      ).toBe(401);
    });

    it('serves management and metrics', async () => {
      const { status } = await rabbitmq().management('GET', '/api/overview');
      expect(status).toBe(200);
      const metrics = await fetch(rabbitmq().prometheusUrl ?? '');
      expect(await metrics.text()).toContain('rabbitmq_queue_messages_ready');
    });

    it('runs a second node beside the first with boot definitions and a given rabbitmq.conf', async () => {
      const conf =
        'listeners.tcp.default = 5672\nload_definitions = /nowhere.json\n';
      const second = await startRabbitmq({ definitions: DEFINITIONS, conf });
      try {
        const { body } = await second.management('GET', '/api/queues/shop');
        expect(body).toMatchObject([{ name: QUEUE, type: 'quorum' }]);
        expect(
          (await second.management('GET', '/api/vhosts')).body,
        ).toMatchObject([{ name: 'shop' }]);
        expect(await second.ctl('list_users')).toContain('harness-admin');
        await (await connect(second.amqpUrl({ vhost: 'shop' }))).close();
      } finally {
        await second.close();
      }
    }, 300_000);
  },
  { isPrivate: true },
);
