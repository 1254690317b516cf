// Consumer groups of a design on a running Kafka: each with its service's own login, on all topics that the spec gives it.
import {
  Kafka as Client,
  logLevel,
  type Consumer,
  type KafkaConfig,
} from 'kafkajs';
import type { ConsumerGroup } from '../model/model.ts';
import type { ClusterConfig } from '../apply/kafka/kafka-admin.ts';

/** Makes a client of kafkajs that says nothing. */
export function clientFor(config: ClusterConfig): Client {
  // kafkajs declares a union of mechanisms, each with its own credentials; these are the same for both.
  const { brokers, sasl, ...rest } = config;
  return new Client({
    ...rest,
    brokers: [...brokers],
    ...({ sasl } as Pick<KafkaConfig, 'sasl'>),
    logLevel: logLevel.NOTHING,
  });
}

export interface ListeningGroup {
  readonly name: string;
  /** Types of the events that it handled: those of its subscriptions; others on the same topics are skipped. */
  readonly handled: () => readonly string[];
  /** Types of everything that its topics brought. */
  readonly seen: () => readonly string[];
  /** What stopped it, or null. */
  readonly crash: () => string | null;
  readonly close: () => Promise<void>;
}

/** Starts a group that reads its channels from the start and handles the events that its subscriptions name. */
export async function listen(
  group: ConsumerGroup,
  config: ClusterConfig,
): Promise<ListeningGroup> {
  const consumer: Consumer = clientFor(config).consumer({
    groupId: group.name,
    maxWaitTimeInMs: 200,
  });
  const seen: string[] = [];
  let crash: string | null = null;
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) crash = payload.error.message;
  });
  await consumer.connect();
  await consumer.subscribe({
    topics: [...group.channels],
    fromBeginning: true,
  });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const { type } = JSON.parse(message.value?.toString() ?? '{}') as {
        readonly type?: string;
      };
      seen.push(type ?? '');
      return Promise.resolve();
    },
  });
  return {
    name: group.name,
    handled: () => seen.filter((type) => group.events.includes(type)).sort(),
    seen: () => [...seen].sort(),
    crash: () => crash,
    close: async () => consumer.disconnect(),
  };
}
