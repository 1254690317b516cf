import { Kafka as Client, logLevel } from 'kafkajs';
import { modelOf, checkText, readFixture } from '../../testing/load-model.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import {
  describeConsumers,
  type DeadLetter,
} from '../../testing/consumer-suite.ts';
import { loadGeneratedConsumers } from '../../testing/generated-consumers.ts';
import { passwordVariable } from '../../brokers/kafka/names.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';

const model = modelOf(
  checkText(readFixture('apply', 'attempts.yaml'), 'kafka'),
);
const channelOf = (group: string): string =>
  model.groups.find(({ name }) => name === group)?.channels[0] ?? '';

describeWithBroker(
  'kafka',
  'generated consumers on a running Kafka',
  (kafka) => {
    const deployment = deployKafka(model, kafka);
    // What was looked at stays in a topic, so each look goes on where the last one ended.
    const looked = new Map<string, number>();
    const readAll = async (topic: string): Promise<readonly DeadLetter[]> => {
      const found: DeadLetter[] = [];
      const consumer = deployment()
        .clientOf(null)
        .consumer({
          groupId: `look-${topic}-${String(performance.now())}`,
        });
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          found.push({
            body: message.value?.toString() ?? '',
            headers: Object.fromEntries(
              Object.entries(message.headers ?? {}).map(([name, value]) => [
                name,
                String(value),
              ]),
            ),
          });
          return Promise.resolve();
        },
      });
      const admin = deployment().clientOf(null).admin();
      await admin.connect();
      const ends = await admin.fetchTopicOffsets(topic);
      await admin.disconnect();
      const count = ends.reduce((sum, { high }) => sum + Number(high), 0);
      while (found.length < count)
        await new Promise((resolve) => setTimeout(resolve, 50));
      await consumer.disconnect();
      return found;
    };

    describeConsumers({
      load: async () => {
        const run = await deployment().script('apply.sh');
        if (run.code !== 0) throw new Error(run.stderr);
        return loadGeneratedConsumers(model);
      },
      connect: async (generated, service) =>
        generated.connect({
          url: kafka().bootstrap,
          clientId: service,
          environment: {
            KAFKA_USERNAME: service,
            KAFKA_PASSWORD:
              deployment().passwords[passwordVariable(service)] ?? '',
          },
        }),
      takeDeadLetters: async (group, count) => {
        const topic = `${channelOf(group)}.${group}.dlt`;
        const before = looked.get(topic) ?? 0;
        for (;;) {
          const letters = await readAll(topic);
          if (letters.length >= before + count) {
            looked.set(topic, letters.length);
            return letters.slice(before);
          }
        }
      },
      isSettled: async (group) => {
        const admin = new Client({
          ...kafka().clientConfig(),
          logLevel: logLevel.NOTHING,
        }).admin();
        await admin.connect();
        try {
          const topic = channelOf(group);
          const ends = await admin.fetchTopicOffsets(topic);
          const [committed] = await admin.fetchOffsets({
            groupId: group,
            topics: [topic],
          });
          return ends.every(({ partition, high }) => {
            const at = committed?.partitions.find(
              (one) => one.partition === partition,
            );
            return Math.max(0, Number(at?.offset ?? 0)) >= Number(high);
          });
        } finally {
          await admin.disconnect();
        }
      },
      close: async () => Promise.resolve(deployment().close()),
    });
  },
  { isPrivate: true },
);
