import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectAs, drain, drainAll } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import type { Rabbitmq } from '../../testing/brokers/rabbitmq.ts';
import {
  loadGeneratedConsumers,
  type GeneratedBroker,
  type GeneratedConsumers,
} from '../../testing/generated-consumers.ts';
import { checkText, modelOf, readFixture } from '../../testing/load-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const read = modelOf(
  checkText(readFixture('apply', 'attempts.yaml'), 'rabbitmq'),
);
const model = {
  ...read,
  broker: {
    ...read.broker,
    version: { ...read.broker.version, value: rabbitmqRelease() },
  },
};
const folder = writeRabbitmqFolder(model);
const { topology } = folder;
const lanes =
  topology.consumers.find(({ group }) => group === 'shipping.order')?.queues ??
  [];
const keys = Array.from({ length: 66 }, (_, at) => `order-${at}`);

/** A quorum queue killed sooner after its declaration finds no leader on 3.10.8; see docs/live-brokers.md. */
const settleMs = 12_000;
const patience = { timeout: 120_000, interval: 200 };

describeWithBroker(
  'rabbitmq',
  'lanes over restarts',
  (server) => {
    let generated: GeneratedConsumers | null = null;
    let publisher: GeneratedBroker | null = null;
    beforeAll(async () => {
      const run = await folder.apply(server());
      if (run.code !== 0) throw new Error(run.stderr);
      generated = await loadGeneratedConsumers(model);
      publisher = await generated.connect({
        url: server().amqpUrl({
          username: 'orders',
          password: folder.passwords['orders'] ?? '',
          vhost: topology.vhost,
        }),
        clientId: 'orders',
        environment: {},
      });
    }, 120_000);
    afterAll(async () => {
      await publisher?.close();
      generated?.remove();
      folder.remove();
    });

    // The publisher finds its way back by itself; until then it refuses, and a person would try again.
    const publish = async (key: string, body: string): Promise<void> => {
      const message = {
        id: `${key} ${body}`,
        address: { kind: 'topic', channel: 'order' },
        routingKey: 'order.paid',
        key,
        contentType: 'application/json',
        headers: {},
        body: `${key} ${body}`,
        mandatory: true,
      };
      await expect
        .poll(
          async () =>
            publisher?.publish(message).then(
              () => 'sent',
              (error: unknown) => String(error),
            ),
          patience,
        )
        .toBe('sent');
    };
    const placesOf = async (): Promise<ReadonlyMap<string, string>> => {
      const admin = await connectAs(server(), folder);
      const found = await drainAll(admin, lanes);
      await admin.close();
      return new Map(
        [...found].flatMap(([lane, texts]) =>
          texts.map((text) => [text.split(' ')[0] ?? '', lane] as const),
        ),
      );
    };
    const round = async (
      body: string,
    ): Promise<ReadonlyMap<string, string>> => {
      for (const key of keys) await publish(key, body);
      return placesOf();
    };

    it('leave every key in its lane: after an orderly restart, after kill -9, and after another', async () => {
      const before = await round('first');
      expect(before.size).toBe(keys.length);
      expect(new Set(before.values())).toEqual(new Set(lanes));
      await sleep(settleMs);
      const restarts: readonly ((broker: Rabbitmq) => Promise<void>)[] = [
        async (broker) => broker.stop(),
        async (broker) => broker.kill9(),
        async (broker) => broker.stop(),
      ];
      for (const [turn, stop] of restarts.entries()) {
        await stop(server());
        await server().restart();
        expect(await round(`round ${turn}`)).toEqual(before);
      }
    }, 600_000);

    it('keep a foreign message without a slot, confirm it, and return none to its publisher', async () => {
      const session = await connectAs(server(), folder, 'orders');
      const channel = await session.channel();
      const returned: string[] = [];
      channel.on('return', ({ content }: { readonly content: Buffer }) =>
        returned.push(content.toString()),
      );
      const foreign = [
        ['no slot', {}],
        ['an unknown slot', { partition: '24' }],
        ['another type', { partition: 5.5 }],
      ] as const;
      for (const [body, headers] of foreign)
        channel.publish('order', 'order.paid', Buffer.from(body), {
          persistent: true,
          mandatory: true,
          headers,
        });
      await channel.waitForConfirms();
      await session.close();
      const admin = await connectAs(server(), folder);
      expect(await drain(admin, 'unrouted')).toEqual(
        foreign.map(([body]) => body),
      );
      expect(returned).toEqual([]);
      for (const texts of (await drainAll(admin, lanes)).values())
        expect(texts).toEqual([]);
      await admin.close();
    });
  },
  { isPrivate: true },
);
