import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { expect, it } from 'vitest';
import { describeWithBroker } from './describe-with-broker.ts';

const TOPIC = 'orders.placed';
const STOCK = { username: 'stock', password: 'stock-secret' };

const clientOf = (config: Pick<KafkaConfig, 'brokers' | 'sasl'>): Kafka =>
  new Kafka({
    ...config,
    clientId: 'harness',
    logLevel: logLevel.NOTHING,
    retry: { retries: 8, initialRetryTime: 100 },
  });

const consumeOne = async (client: Kafka, groupId: string): Promise<string> => {
  const consumer = client.consumer({ groupId });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
    return await new Promise((resolve, reject) => {
      // After a crash that it may overcome (a coordinator still loading) kafkajs starts the consumer again.
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      consumer
        .run({
          eachMessage: async ({ message }) => {
            resolve(message.value?.toString() ?? '');
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
};

describeWithBroker(
  'kafka',
  'a private Kafka',
  (kafka) => {
    const admin = (args: readonly string[]) => [
      '--bootstrap-server',
      kafka().bootstrap,
      '--command-config',
      kafka().writeClientProperties(),
      ...args,
    ];

    it('creates a topic and a user with the stock scripts', async () => {
      const { tools } = kafka();
      const topic = await tools.run(
        'kafka-topics.sh',
        admin(['--create', '--topic', TOPIC, '--partitions', '2']),
      );
      expect(topic).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Created topic ${TOPIC}.`),
      });
      const scram = `SCRAM-SHA-512=[password=${STOCK.password}]`;
      const entity = [
        '--entity-type',
        'users',
        '--entity-name',
        STOCK.username,
      ];
      const user = await tools.run(
        'kafka-configs.sh',
        admin(['--alter', '--add-config', scram, ...entity]),
      );
      expect(user).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Completed updating config'),
      });
    });

    it('answers exit code and message of a tool that fails, warm as cold', async () => {
      const { tools } = kafka();
      const again = admin(['--create', '--topic', TOPIC]);
      const warm = await tools.run('kafka-topics.sh', again);
      const cold = await tools.run('kafka-topics.sh', again, {
        env: { KAFKA_TOOLS_COLD: '1' },
      });
      expect(warm.code).toBe(1);
      expect(warm.stdout).toContain(`Topic '${TOPIC}' already exists.`);
      expect(cold).toMatchObject({
        code: 1,
        stdout: expect.stringContaining(`Topic '${TOPIC}' already exists.`),
      });
    }, 300_000);

    it('keeps a message over SIGKILL and restart', async () => {
      const producer = clientOf(kafka().clientConfig()).producer();
      await producer.connect();
      await producer.send({
        topic: TOPIC,
        acks: -1,
        messages: [{ key: '1', value: 'order 1' }],
      });
      await producer.disconnect();
      const before = kafka().pid();
      await kafka().kill9();
      await kafka().restart();
      expect(kafka().pid()).not.toBe(before);
      expect(
        await consumeOne(clientOf(kafka().clientConfig()), 'harness'),
      ).toBe('order 1');
    }, 300_000);

    it('refuses a principal without an ACL, and serves it after kafka-acls.sh', async () => {
      const { tools } = kafka();
      const client = clientOf(kafka().clientConfig(STOCK));
      await expect(consumeOne(client, 'stock')).rejects.toThrow(
        'Not authorized',
      );
      const rights = [
        '--add',
        '--allow-principal',
        `User:${STOCK.username}`,
        '--operation',
        'Read',
      ];
      const acls = await tools.run(
        'kafka-acls.sh',
        admin([...rights, '--topic', TOPIC, '--group', 'stock']),
      );
      expect(acls).toMatchObject({ code: 0, stderr: '' });
      expect(await consumeOne(client, 'stock')).toBe('order 1');
      const producer = client.producer();
      await producer.connect();
      await expect(
        producer.send({ topic: TOPIC, messages: [{ value: 'forged' }] }),
      ).rejects.toThrow('Not authorized');
      await producer.disconnect();
    }, 300_000);

    it('refuses a wrong password', async () => {
      const client = clientOf(
        kafka().clientConfig({ ...STOCK, password: 'wrong' }),
      );
      await expect(client.admin().connect()).rejects.toThrow(
        'authentication failed',
      );
    });

    it('streams through the console tools', async () => {
      const { bootstrap, tools } = kafka();
      const config = kafka().writeClientProperties();
      const target = ['--bootstrap-server', bootstrap, '--topic', TOPIC];
      const sent = await tools.run(
        'kafka-console-producer.sh',
        [...target, '--command-config', config],
        {
          input: 'order 2\n',
        },
      );
      expect(sent.code).toBe(0);
      const bounds = ['--from-beginning', '--max-messages', '2'];
      const read = await tools.run('kafka-console-consumer.sh', [
        ...target,
        '--command-config',
        config,
        ...bounds,
      ]);
      expect(read.stdout.split('\n').sort()).toEqual([
        '',
        'order 1',
        'order 2',
      ]);
    }, 300_000);
  },
  { isPrivate: true },
);
