import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { connectAs, drain } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import {
  contentOf,
  emitRabbitmq,
  writeRabbitmqFolder,
} from '../../testing/rabbitmq-folder.ts';

const model = ordersModel(rabbitmqRelease());
const folder = writeRabbitmqFolder(model);

describeWithBroker(
  'rabbitmq',
  'a broker killed while services publish',
  (server) => {
    afterAll(() => folder.remove());

    it('loses no confirmed message, and keeps every object', async () => {
      expect((await folder.apply(server())).code).toBe(0);
      // RabbitMQ 3.10 forgets a stream that is killed within seconds of its declaration; see docs/live-brokers.md.
      await setTimeout(12_000);
      const publisher = await connectAs(server(), folder, 'orders');
      const channel = await publisher.channel();
      const confirmed = new Set<string>();
      let sent = 0;
      const enough = new Promise<void>((resolve) => {
        const publishNext = (): void => {
          const body = `m${sent}`;
          sent += 1;
          try {
            channel.publish(
              'order',
              'order.paid',
              Buffer.from(body),
              { persistent: true },
              (error) => {
                if (error !== null) return;
                confirmed.add(body);
                if (confirmed.size === 500) resolve();
                publishNext();
              },
            );
          } catch {
            // The connection is gone: what was on its way is not confirmed.
          }
        };
        for (let inFlight = 0; inFlight < 50; inFlight += 1) publishNext();
      });
      await enough;
      // Publishing goes on while the broker dies.
      await server().kill9();
      // The other end is gone: nobody answers a close.
      void publisher.close();
      expect(confirmed.size).toBeGreaterThanOrEqual(500);
      await server().restart();
      const consumer = await connectAs(server(), folder, 'shipping');
      const found = new Set(await drain(consumer, 'shipping.order'));
      const lost = [...confirmed].filter((body) => !found.has(body));
      await consumer.close();
      expect(lost).toEqual([]);
      // Not one right, queue or binding is gone: the script finds everything in place.
      const again = await folder.apply(server());
      expect({ code: again.code, stderr: again.stderr }).toEqual({
        code: 0,
        stderr: '',
      });
    }, 300_000);
  },
  {
    isPrivate: true,
    options: {
      enabledPlugins: contentOf(emitRabbitmq(model), 'enabled_plugins'),
    },
  },
);
