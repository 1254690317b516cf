// Kafka through kafkajs. The library is no longer maintained; it speaks to Kafka 4 by protocol negotiation.
import {
  type Admin,
  type Consumer as KafkajsConsumer,
  type EachBatchPayload,
  type EachMessagePayload,
  type IHeaders,
  Kafka,
  Partitioners,
  type Producer,
  type SASLOptions,
  logLevel,
} from 'kafkajs';
import { Permits, inParallel } from '../consume/in-parallel.js';
import type { Consumer } from '../messaging/bus.js';
import type {
  FetchedRecord,
  KafkaClient,
  KafkaClientOptions,
  KafkaConsumption,
  KafkaRecord,
} from './kafka-client.js';
import { ProducerSession } from './producer-session.js';
import { whileBeating } from './while-beating.js';

const fetchWaitMs = 100;

/** Says how the library connects. */
export function connectKafkajs({
  brokers,
  clientId,
  isEncrypted,
  sasl,
}: KafkaClientOptions): Kafka {
  return new Kafka({
    clientId,
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    ssl: isEncrypted,
    ...(sasl !== null && { sasl: loginOf(sasl) }),
  });
}

/** Connects producer and admin; consumers connect as they are made. */
export async function createKafkajsClient(
  options: KafkaClientOptions,
): Promise<KafkaClient> {
  const kafka = connectKafkajs(options);
  const producers = new ProducerSession<Producer>({
    open: () => openProducer(kafka),
    close: (producer) => producer.disconnect(),
  });
  const admin = kafka.admin();
  await Promise.all([producers.open(), admin.connect()]);
  return {
    send: (records) => producers.send((producer) => send(producer, records)),
    consume: (what, each) => consume(kafka, what, each),
    endOffsets: (topic) => endOffsets(admin, topic),
    committedOffsets: (groupId, topic) =>
      committedOffsets(admin, groupId, topic),
    check: async () => {
      await admin.describeCluster();
    },
    close: async () => {
      await Promise.all([producers.close(), admin.disconnect()]);
    },
  };
}

async function openProducer(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    // With more in flight the library's idempotence reports sequence errors.
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

/** The library has one type for each mechanism. */
function loginOf({
  mechanism,
  username,
  password,
}: NonNullable<KafkaClientOptions['sasl']>): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}

async function send(
  producer: Producer,
  records: readonly KafkaRecord[],
): Promise<void> {
  const byTopic = new Map<string, KafkaRecord[]>();
  for (const record of records)
    byTopic.set(record.topic, [...(byTopic.get(record.topic) ?? []), record]);
  await producer.sendBatch({
    acks: -1,
    topicMessages: [...byTopic].map(([topic, group]) => ({
      topic,
      messages: group.map(({ key, value, headers }) => ({
        key,
        value,
        headers,
      })),
    })),
  });
}

async function consume(
  kafka: Kafka,
  what: KafkaConsumption,
  each: (record: FetchedRecord) => Promise<void>,
): Promise<Consumer> {
  const consumer = kafka.consumer({
    groupId: what.groupId,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: fetchWaitMs,
    // A crashed consumer is started again by the library unless it was told to stop.
    retry: { retries: Number.MAX_SAFE_INTEGER },
  });
  const joined = new Promise<void>((resolve) => {
    const off = consumer.on(consumer.events.GROUP_JOIN, () => {
      off();
      resolve();
    });
  });
  await consumer.connect();
  await consumer.subscribe({
    topics: [...what.topics],
    fromBeginning: what.from === 'earliest',
  });
  const shared = new Permits(what.concurrency);
  await consumer.run({
    autoCommit: what.commit === 'after',
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: what.concurrency,
    eachBatch: (payload) =>
      workOff(consumer, payload, {
        each,
        commit: what.commit,
        permits: what.isOrdered ? new Permits(1) : shared,
      }),
  });
  await joined;
  return {
    stop: async () => {
      await consumer.disconnect();
    },
  };
}

/** The library commits what is resolved after each batch, also after one that was broken off. */
async function workOff(
  consumer: KafkajsConsumer,
  payload: EachBatchPayload,
  how: Pick<KafkaConsumption, 'commit'> & {
    readonly each: (record: FetchedRecord) => Promise<void>;
    readonly permits: Permits;
  },
): Promise<void> {
  const { batch, resolveOffset, heartbeat, isRunning } = payload;
  const { topic, partition, messages } = batch;
  const commitFirst = async (offset: string): Promise<void> => {
    if (how.commit === 'before')
      await consumer.commitOffsets([{ topic, partition, offset }]);
  };
  await commitFirst(String(BigInt(batch.lastOffset()) + 1n));
  const done = await whileBeating(heartbeat, (isLost) =>
    inParallel(messages, {
      permits: how.permits,
      handle: (message) =>
        how.each(toRecord({ topic, partition, message, heartbeat })),
      isEnded: () => isLost() || !isRunning(),
      advanced: ({ offset }) => resolveOffset(offset),
    }),
  );
  // An orderly stop loses nothing: what was committed and not begun is given back.
  const next = messages[done];
  if (next !== undefined) await commitFirst(next.offset);
}

function toRecord({
  topic,
  partition,
  message,
  heartbeat,
}: Pick<
  EachMessagePayload,
  'topic' | 'partition' | 'message' | 'heartbeat'
>): FetchedRecord {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key?.toString('utf8') ?? null,
    value: message.value?.toString('utf8') ?? '',
    headers: toHeaders(message.headers ?? {}),
    producedAtMs: Number(message.timestamp),
    heartbeat,
  };
}

function toHeaders(headers: IHeaders): Readonly<Record<string, string>> {
  const texts: [string, string][] = [];
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    const last = Array.isArray(value) ? value[value.length - 1] : value;
    if (last !== undefined) texts.push([name, last.toString('utf8')]);
  }
  return Object.fromEntries(texts);
}

async function endOffsets(
  admin: Admin,
  topic: string,
): Promise<ReadonlyMap<number, bigint>> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return new Map(
    offsets.map(({ partition, high }) => [partition, BigInt(high)]),
  );
}

async function committedOffsets(
  admin: Admin,
  groupId: string,
  topic: string,
): Promise<ReadonlyMap<number, bigint>> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const known = (found?.partitions ?? []).filter(
    ({ offset }) => Number(offset) >= 0,
  );
  return new Map(
    known.map(({ partition, offset }) => [partition, BigInt(offset)]),
  );
}
