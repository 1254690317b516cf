// Limits of a design in force on a running Kafka: size of a message, the last message of a key, copies in sync.
import type { Admin, Producer } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';
import {
  channelOf,
  eventOf,
  shopModel,
  written,
} from '../../testing/shop-model.ts';

// The shop with two more channels: the last price of each article, compacted, and large pictures.
const shop = shopModel();
const [publication] = shop.publications;
const model = shopModel({
  events: [
    ...shop.events,
    eventOf('price.changed', { key: [['sku']] }),
    eventOf('picture.taken', {
      key: [['sku']],
      volume: written({ ratePerSecond: 1, peakPerSecond: 1, bytes: 600_000 }),
    }),
  ],
  channels: [
    ...shop.channels,
    channelOf('price.changed', ['price.changed'], {
      partitions: written(1),
      isCompacted: written(true),
    }),
    channelOf('picture.taken', ['picture.taken'], { partitions: written(1) }),
  ],
  publications: [
    ...shop.publications,
    ...['price.changed', 'picture.taken'].flatMap((event) =>
      publication === undefined ? [] : [{ ...publication, event }],
    ),
  ],
});

describeWithBroker(
  'kafka',
  'the limits of a design on a running Kafka',
  (kafka) => {
    const deployment = deployKafka(model, kafka);
    let producer: Producer | null = null;
    let admin: Admin | null = null;
    beforeAll(async () => {
      expect(await deployment().script('apply.sh')).toMatchObject({ code: 0 });
      producer = deployment().clientOf('order-service').producer();
      admin = deployment().clientOf(null).admin();
      await producer.connect();
      await admin.connect();
    }, 300_000);
    afterAll(async () => {
      await producer?.disconnect();
      await admin?.disconnect();
      deployment().close();
    });

    const send = async (topic: string, bytes: number): Promise<string> => {
      try {
        await producer?.send({
          topic,
          messages: [{ key: 'A-1', value: 'x'.repeat(bytes) }],
        });
        return 'taken';
      } catch (error) {
        return (error as { readonly type?: string }).type ?? String(error);
      }
    };
    // The test's own changes on a topic; the design does not name the first two, and names the others otherwise.
    const alter = async (topic: string, settings: string): Promise<void> => {
      const done = await kafka().tools.run('kafka-configs.sh', [
        '--bootstrap-server',
        kafka().bootstrap,
        '--command-config',
        kafka().writeClientProperties(),
        '--alter',
        '--entity-type',
        'topics',
        '--entity-name',
        topic,
        '--add-config',
        settings,
      ]);
      expect(done).toMatchObject({ code: 0 });
    };

    it('takes messages up to four times the declared size, and refuses larger ones', async () => {
      expect(await send('picture.taken', 2_300_000)).toBe('taken');
      expect(await send('picture.taken', 2_500_000)).toBe('MESSAGE_TOO_LARGE');
      // Where nothing is declared, Kafka's own limit holds.
      expect(await send('order', 1_200_000)).toBe('MESSAGE_TOO_LARGE');
    });

    it('keeps the last message of each key, and no copy of earlier ones', async () => {
      await alter(
        'price.changed',
        'segment.bytes=1048576,min.cleanable.dirty.ratio=0.01,min.compaction.lag.ms=0',
      );
      // Only closed segments are cleaned, so that the last ones stay.
      for (let turn = 0; turn < 12; turn += 1) {
        await producer?.send({
          topic: 'price.changed',
          messages: ['A-1', 'B-2'].map((key) => ({
            key,
            value: `${String(turn)} ${'x'.repeat(200_000)}`,
          })),
        });
      }
      const read = async (): Promise<readonly string[]> => {
        const consumer = deployment()
          .clientOf(null)
          .consumer({ groupId: `look-${String(performance.now())}` });
        const found: { readonly offset: number; readonly text: string }[] = [];
        await consumer.connect();
        await consumer.subscribe({
          topics: ['price.changed'],
          fromBeginning: true,
        });
        await consumer.run({
          eachMessage: async ({ message }) => {
            const [turn = ''] = (message.value?.toString() ?? '').split(' ');
            found.push({
              offset: Number(message.offset),
              text: `${message.key?.toString() ?? ''} ${turn}`,
            });
            return Promise.resolve();
          },
        });
        // The newest record is in the open segment and so is always there.
        while (found.every(({ offset }) => offset < 23))
          await new Promise((resolve) => setTimeout(resolve, 50));
        await consumer.disconnect();
        return found.map(({ text }) => text);
      };
      await expect
        .poll(read, { timeout: 60_000, interval: 500 })
        .not.toContain('A-1 0');
      const left = await read();
      expect(left.length).toBeLessThan(20);
      expect(left.slice(-2).sort()).toEqual(['A-1 11', 'B-2 11']);
      // What was altered for the test is drift, and told as such.
      const dry = await deployment().script('topics.sh', '--dry-run');
      expect(dry.stdout).toContain('alter topic price.changed');
      expect(dry.stdout).toContain('min.compaction.lag.ms=3600000');
    }, 300_000);

    it('counts no more copies in sync than a topic has: a design for three nodes does not stop one', async () => {
      await alter('order', 'min.insync.replicas=2');
      await expect
        .poll(async () => send('order', 10), { interval: 300 })
        .toBe('taken');
      const dry = await deployment().script('topics.sh', '--dry-run');
      expect(dry.stdout).toContain('min.insync.replicas=1');
      expect(await deployment().script('topics.sh')).toMatchObject({ code: 0 });
    }, 300_000);
  },
  {
    isPrivate: true,
    options: { properties: { 'log.cleaner.backoff.ms': '200' } },
  },
);
