// The work by kafkajs alone: idempotent producer with all acks, batches made by hand, offsets committed after handling.
import {
  Kafka,
  type KafkaConfig,
  type KafkaMessage,
  logLevel,
  Partitioners,
} from 'kafkajs';
import type { BareEffect } from './bare-effect.ts';
import {
  bareMessage,
  contentType,
  eventType,
  readEnvelope,
} from './bare-message.ts';
import {
  atOnce,
  handledAtOnce,
  inFlight,
  type Side,
  stopwatch,
} from './side.ts';

type Login = Pick<KafkaConfig, 'brokers' | 'sasl'>;

/** Connects as publisher and as consumer. */
export async function bareKafkajs(logins: {
  readonly publisher: Login;
  readonly consumer: Login;
  readonly groupId: string;
  readonly effect: BareEffect;
}): Promise<Side> {
  const producer = new Kafka({
    ...logins.publisher,
    logLevel: logLevel.NOTHING,
  }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const reading = new Kafka({ ...logins.consumer, logLevel: logLevel.NOTHING });
  return {
    publish: async (messages) => {
      for (let at = 0; at < messages.length; at += inFlight) {
        await producer.send({
          topic: eventType,
          acks: -1,
          messages: messages.slice(at, at + inFlight).map((data) => {
            const { key, body, headers } = bareMessage(data);
            return {
              key,
              value: body,
              headers: {
                ...headers,
                'content-type': contentType,
                'x-type': eventType,
                'x-channel': eventType,
              },
            };
          }),
        });
      }
    },
    consume: async (count, what) => {
      const watch = stopwatch(count);
      // Of all partitions together, as the generated code does.
      const limited = atOnce();
      const consumer = reading.consumer({
        groupId: logins.groupId,
        allowAutoTopicCreation: false,
        maxWaitTimeInMs: 100,
      });
      await consumer.connect();
      await consumer.subscribe({ topics: [eventType], fromBeginning: true });
      await consumer.run({
        autoCommit: true,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: handledAtOnce,
        eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
          const handle = async (message: KafkaMessage): Promise<void> => {
            const { id, source, data } = readEnvelope(
              message.value?.toString('utf8') ?? '',
            );
            if (what === 'effect')
              await logins.effect.apply(source, id, data.orderId);
            watch.handled();
          };
          // So many at once, and none is passed over by the offset that is committed.
          for (let at = 0; at < batch.messages.length; at += handledAtOnce) {
            const some = batch.messages.slice(at, at + handledAtOnce);
            await Promise.all(
              some.map(async (message) => limited(() => handle(message))),
            );
            const last = some.at(-1);
            if (last !== undefined) resolveOffset(last.offset);
            await heartbeat();
          }
        },
      });
      const spent = await watch.done;
      await consumer.disconnect();
      return spent;
    },
    close: async () => {
      await producer.disconnect();
      await logins.effect.close();
    },
  };
}
