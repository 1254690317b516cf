import { afterAll, beforeAll, expect, it } from 'vitest';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';
import {
  channelOf,
  eventOf,
  shopModel,
  written,
} from '../../testing/shop-model.ts';

// The shop with one more channel: the last price of each article, compacted.
const shop = shopModel();
const model = shopModel({
  events: [...shop.events, eventOf('price.changed', { key: [['sku']] })],
  channels: [
    ...shop.channels,
    channelOf('price.changed', ['price.changed'], {
      partitions: written(1),
      isCompacted: written(true),
    }),
  ],
  publications: [
    ...shop.publications,
    { ...shop.publications[0]!, event: 'price.changed' },
  ],
});

describeWithBroker(
  'kafka',
  'what a running Kafka keeps',
  (kafka) => {
    const deployment = deployKafka(model, kafka);
    beforeAll(async () => {
      expect(await deployment().script('apply.sh')).toMatchObject({ code: 0 });
    });
    afterAll(() => deployment().close());

    it('loses no confirmed message when the broker is killed while a service publishes', async () => {
      const producer = deployment()
        .clientOf('order-service')
        .producer({ idempotent: true, maxInFlightRequests: 1 });
      await producer.connect();
      const confirmed: string[] = [];
      const killed = new AbortController();
      const publishing = (async () => {
        for (let id = 0; !killed.signal.aborted; id += 1) {
          const messages = [{ key: `o-${id % 12}`, value: `m-${id}` }];
          await producer.send({ topic: 'order', acks: -1, messages });
          confirmed.push(`m-${id}`);
        }
      })().catch(() => undefined);
      while (confirmed.length < 200) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await kafka().kill9();
      killed.abort();
      await kafka().restart();
      await publishing;
      await producer.disconnect();

      const consumer = deployment()
        .clientOf('shipping-service')
        .consumer({ groupId: 'shipping-service.order.paid' });
      const seen = new Set<string>();
      await consumer.connect();
      await consumer.subscribe({ topics: ['order'], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          seen.add(message.value?.toString() ?? '');
          return Promise.resolve();
        },
      });
      await expect
        .poll(() => confirmed.filter((id) => !seen.has(id)), {
          timeout: 90_000,
        })
        .toEqual([]);
      await consumer.disconnect();
      expect(confirmed.length).toBeGreaterThanOrEqual(200);
    }, 300_000);

    it('finds nothing to change after the broker came back', async () => {
      const result = await deployment().script('apply.sh');
      expect(result.stdout).toBe(
        'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n',
      );
    });

    it('refuses a message without a key on a compacted topic', async () => {
      const producer = deployment().clientOf('order-service').producer();
      await producer.connect();
      const send = async (key: string | null): Promise<unknown> =>
        producer.send({
          topic: 'price.changed',
          messages: [{ key, value: '1' }],
        });
      await expect(send(null)).rejects.toThrow(
        /rejected|invalid|INVALID_RECORD/i,
      );
      await send('A-1');
      await producer.disconnect();
    });

    it('keeps the retention and the cleanup policy that the design says in force', async () => {
      const { tools, bootstrap, writeClientProperties } = kafka();
      const login = [
        '--bootstrap-server',
        bootstrap,
        '--command-config',
        writeClientProperties(),
      ];
      const { stdout } = await tools.run('kafka-topics.sh', [
        ...login,
        '--describe',
      ]);
      for (const topic of planKafka(model).topics) {
        const line = stdout
          .split('\n')
          .find(
            (one) =>
              one.startsWith(`Topic: ${topic.name}\t`) &&
              one.includes('Configs:'),
          );
        for (const { key, value } of topic.settings)
          expect(line).toContain(`${key}=${value}`);
      }
    });
  },
  { isPrivate: true },
);
