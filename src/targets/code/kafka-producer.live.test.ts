// What the generated Kafka publisher does when the answer to a request is lost and it goes on with other messages.
import { Kafka as Client, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AnswerThief,
  startAnswerThief,
} from '../../testing/brokers/answer-thief.ts';
import { findBroker } from '../../testing/brokers/availability.ts';
import { type Kafka, startKafka } from '../../testing/brokers/kafka.ts';
import { reservePorts } from '../../testing/brokers/reserve-ports.ts';
import {
  type GeneratedBroker,
  loadGeneratedConsumers,
} from '../../testing/generated-consumers.ts';
import { checkText, modelOf } from '../../testing/load-model.ts';

const model = modelOf(
  checkText(
    `eventArch: 1
name: Lost answers
broker: kafka
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created] }
consumers: { stock: [order.created] }
`,
  ),
);
const topic = 'order.created';
const patience = { timeout: 120_000, interval: 50 };

const found = findBroker('kafka');
const isHere = found.status === 'private';
if (!isHere)
  process.stderr.write('skipped: the publisher and lost answers on Kafka\n');

describe.skipIf(!isHere && (process.env['CI'] ?? '') === '')(
  'the generated publisher on a Kafka whose answer was lost',
  () => {
    let kafka: Kafka | null = null;
    let thief: AnswerThief | null = null;
    let broker: GeneratedBroker | null = null;
    let clean: () => void = () => undefined;

    beforeAll(async () => {
      const { ports, release } = await reservePorts(1);
      const [door = 0] = ports;
      kafka = await startKafka({
        // Clients come through the door, whichever address they begin with.
        properties: {
          'advertised.listeners': `CLIENT://127.0.0.1:${String(door)}`,
        },
      });
      thief = await startAnswerThief({
        listen: door,
        broker: Number(kafka.bootstrap.split(':')[1]),
      });
      const admin = clientOf(kafka).admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
      await admin.disconnect();
      const generated = await loadGeneratedConsumers(model);
      broker = await generated.connect({
        url: kafka.bootstrap,
        clientId: 'orders',
        environment: {
          KAFKA_USERNAME: kafka.admin.username,
          KAFKA_PASSWORD: kafka.admin.password,
        },
      });
      clean = () => {
        generated.remove();
        release();
      };
    });
    afterAll(async () => {
      await broker?.close();
      await thief?.close();
      await kafka?.close();
      clean();
    });

    const publish = async (body: string): Promise<void> =>
      broker?.publish({
        id: body,
        address: { kind: 'topic', channel: topic },
        routingKey: topic,
        key: 'k',
        contentType: 'text/plain',
        headers: {},
        body,
        mandatory: true,
      });

    it('confirms only what is in the topic', async () => {
      if (kafka === null || thief === null) throw new Error('not started');
      await publish('first');
      const { stolen } = thief.steal();
      const givenUp = expect(publish('second')).rejects.toThrow();
      await stolen;
      await givenUp;
      thief.open();
      await expect
        .poll(() => publish('third').then(() => 'confirmed'), patience)
        .toBe('confirmed');
      const bodies = await readAll(kafka);
      expect(bodies).toContain('second');
      expect(bodies).toContain('third');
    }, 300_000);
  },
);

const clientOf = (kafka: Kafka): Client =>
  new Client({ ...kafka.clientConfig(), logLevel: logLevel.NOTHING });

async function readAll(kafka: Kafka): Promise<readonly string[]> {
  const admin = clientOf(kafka).admin();
  await admin.connect();
  const [offsets] = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const bodies: string[] = [];
  const consumer = clientOf(kafka).consumer({ groupId: 'look' });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      bodies.push(message.value?.toString() ?? '');
      return Promise.resolve();
    },
  });
  await expect
    .poll(() => bodies.length, patience)
    .toBe(Number(offsets?.high ?? -1));
  await consumer.disconnect();
  return bodies;
}
