import type { Producer } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithKafkaCluster } from '../../testing/brokers/describe-with-broker.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';
import { shopModel } from '../../testing/shop-model.ts';

const model = shopModel();
const PATIENCE = { timeout: 120_000, interval: 100 };
/** Outlasts the time in which a dead broker still counts as a leader, by far. */
const PERSISTENT = { retries: 100, maxRetryTime: 1000 };
/** Long enough that a run of confirmations is no accident, and short enough for a busy machine. */
const RUN = 60;
const KEYS = 6;

interface Sent {
  readonly key: string;
  readonly value: string;
}

/** Numbers of the messages of each key, in the order of the list. */
const byKey = (messages: readonly Sent[]): Readonly<Record<string, string[]>> =>
  Object.fromEntries(
    Array.from({ length: KEYS }, (_, at) => {
      const key = `o-${at}`;
      const own = messages.filter((message) => message.key === key);
      return [key, own.map(({ value }) => value)];
    }),
  );

describeWithKafkaCluster(
  'what three brokers with prod’s copies keep',
  (cluster) => {
    const deployment = deployKafka(model, cluster, 'prod');
    const confirmed: Sent[] = [];
    let next = 0;
    let producer: Producer;

    // One after the other, so that the order of the confirmations is the order of the messages of each key.
    const publish = async (
      by: Producer,
      options: { readonly timeout?: number } = {},
    ): Promise<void> => {
      const message = { key: `o-${next % KEYS}`, value: `m-${next}` };
      next += 1;
      await by.send({
        topic: 'order',
        acks: -1,
        messages: [message],
        ...options,
      });
      confirmed.push(message);
    };
    const publishRun = async (): Promise<void> => {
      for (let count = 0; count < RUN; count += 1) await publish(producer);
    };
    const describeTopics = async (): Promise<string> => {
      const { tools, bootstrap, writeClientProperties } = cluster();
      const config = ['--command-config', writeClientProperties()];
      const asked = ['--bootstrap-server', bootstrap, ...config, '--describe'];
      const { stdout } = await tools.run('kafka-topics.sh', asked);
      return stdout;
    };

    beforeAll(async () => {
      expect(await deployment().script('apply.sh')).toMatchObject({
        code: 0,
        stderr: '',
      });
      producer = deployment().clientOf('order-service').producer({
        idempotent: true,
        maxInFlightRequests: 1,
        retry: PERSISTENT,
      });
      await producer.connect();
    }, 300_000);
    afterAll(async () => {
      await producer.disconnect();
      deployment().close();
    });

    it('has three copies of every topic of the design, of which two must be in sync', async () => {
      const heads = (await describeTopics())
        .split('\n')
        .filter((line) => line.includes('PartitionCount:'))
        .filter((line) => !line.startsWith('Topic: __'));
      expect(heads.length).toBeGreaterThan(0);
      for (const head of heads)
        expect(head).toMatch(
          /ReplicationFactor: 3\b.*min\.insync\.replicas=2\b/,
        );
      const again = await deployment().script('apply.sh');
      expect(again.stdout).toBe(
        'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n',
      );
    }, 300_000);

    it('confirms with all three, and goes on when one is killed', async () => {
      await publishRun();
      const publishing = publishRun();
      await cluster().kill9(1);
      await publishing;
      await publishRun();
      expect(confirmed).toHaveLength(3 * RUN);
    }, 300_000);

    it('confirms nothing when a second one is killed, and says that copies are missing', async () => {
      await cluster().kill9(2);
      const impatient = deployment()
        .clientOf('order-service')
        .producer({ retry: { retries: 0 } });
      await impatient.connect();
      const before = confirmed.length;
      const refusals: string[] = [];
      const refuse = async (): Promise<string> => {
        try {
          await publish(impatient, { timeout: 2000 });
          return 'confirmed';
        } catch (error) {
          const text = `${String(error)} ${String((error as Error).cause)}`;
          refusals.push(text);
          return text;
        }
      };
      // Until the controller has noticed, a send meets a dead leader or waits in vain; what counts is that none is confirmed.
      await expect
        .poll(refuse, PATIENCE)
        .toContain('fewer in-sync replicas than required');
      for (let count = 0; count < KEYS; count += 1)
        expect(await refuse()).toContain(
          'fewer in-sync replicas than required',
        );
      await impatient.disconnect();
      expect(confirmed).toHaveLength(before);
      expect(refusals.length).toBeGreaterThan(KEYS);
    }, 300_000);

    it('has everything that was confirmed, in order for each key, when both are back, and goes on', async () => {
      await cluster().restart([1, 2]);
      await publishRun();
      const consumer = deployment()
        .clientOf('shipping-service')
        .consumer({ groupId: 'shipping-service.order.paid' });
      const wanted = new Set(confirmed.map(({ value }) => value));
      const seen: Sent[] = [];
      await consumer.connect();
      await consumer.subscribe({ topics: ['order'], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          const value = message.value?.toString() ?? '';
          // A refused message may be there all the same: nobody was told that it is.
          if (wanted.has(value))
            seen.push({ key: message.key?.toString() ?? '', value });
          return Promise.resolve();
        },
      });
      await expect.poll(() => seen.length, PATIENCE).toBe(confirmed.length);
      await consumer.disconnect();
      expect(byKey(seen)).toEqual(byKey(confirmed));
      expect(confirmed).toHaveLength(4 * RUN);
    }, 300_000);

    it('has all copies in sync again, and nothing to change', async () => {
      await expect
        .poll(async () => {
          const lines = (await describeTopics()).split('\n');
          const copies = lines.filter((line) => line.includes('Isr:'));
          return copies.filter((line) => !/Isr: \d,\d,\d\b/.test(line));
        }, PATIENCE)
        .toEqual([]);
      const result = await deployment().script('apply.sh');
      expect(result.stdout).toBe(
        'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n',
      );
    }, 300_000);
  },
);
