// Kafka through @platformatic/kafka.
import {
  Admin,
  type BaseOptions,
  type ConnectionOptions,
  Consumer as GroupConsumer,
  type Message,
  Producer,
  compatibilityPartitioner,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka';
import { randomUUID } from 'node:crypto';
import type { Consumer } from '../messaging/bus.js';
import type {
  FetchedRecord,
  KafkaClient,
  KafkaClientOptions,
  KafkaConsumption,
  KafkaRecord,
} from './kafka-client.js';
import { type HandledOffset, PartitionLanes } from './partition-lanes.js';
import { ProducerSession } from './producer-session.js';

const fetchWaitMs = 100;
const commitEveryMs = 200;

type TextMessage = Message<string, string, string, string>;
type TextConsumer = GroupConsumer<string, string, string, string>;
type TextProducer = Producer<string, string, string, string>;

type Cluster = Pick<
  ConnectionOptions & BaseOptions,
  'bootstrapBrokers' | 'clientId' | 'tls' | 'sasl'
>;

const saslNames = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
} as const;

/** Says how the library connects. */
export function clusterOf({
  brokers,
  clientId,
  isEncrypted,
  sasl,
}: KafkaClientOptions): Cluster {
  return {
    bootstrapBrokers: [...brokers],
    clientId,
    ...(isEncrypted && { tls: {} }),
    ...(sasl !== null && {
      sasl: { ...sasl, mechanism: saslNames[sasl.mechanism] },
    }),
  };
}

/** Connects a producer; consumers connect as they are made. */
export async function createPlatformaticClient(
  options: KafkaClientOptions,
): Promise<KafkaClient> {
  const cluster = clusterOf(options);
  const producers = new ProducerSession<TextProducer>({
    open: () => Promise.resolve(openProducer(cluster)),
    close: async (producer) => {
      await producer.close(true);
    },
  });
  const admin = new Admin(cluster);
  await admin.metadata({ topics: [] });
  const known = new Set<string>();
  let last: Promise<void> = Promise.resolve();
  return {
    send: async (records) => {
      await assertTopics(admin, known, records);
      // One after the other: sends that are under way together are given the same sequence numbers by this library,
      // and the cluster confirms all of them and keeps one.
      const sent = last.then(() =>
        producers.send((producer) => send(producer, records)),
      );
      last = sent.catch(() => undefined);
      await sent;
    },
    consume: (what, each) => consume(cluster, what, each),
    endOffsets: (topic) =>
      asking(cluster, randomUUID(), (consumer) =>
        endOffsets(consumer, admin, topic),
      ),
    committedOffsets: (groupId, topic) =>
      asking(cluster, groupId, (consumer) =>
        committedOffsets(consumer, admin, topic),
      ),
    check: async () => {
      await admin.metadata({ topics: [], forceUpdate: true });
    },
    close: async () => {
      await Promise.all([producers.close(), admin.close()]);
    },
  };
}

function openProducer(cluster: Cluster): TextProducer {
  return new Producer({
    ...cluster,
    idempotent: true,
    acks: -1,
    serializers: stringSerializers,
    // The partitioner of the Java client: every producer must put a key into the same partition. A record without
    // a key goes anywhere.
    partitioner: (message, key) =>
      key === undefined
        ? Math.floor(Math.random() * 2 ** 31)
        : compatibilityPartitioner(message, key),
  });
}

/** Sending to a topic that does not exist would never settle in this library; asking for its metadata fails. */
async function assertTopics(
  admin: Admin,
  known: Set<string>,
  records: readonly KafkaRecord[],
): Promise<void> {
  const unknown = new Set(
    records.map((record) => record.topic).filter((topic) => !known.has(topic)),
  );
  for (const topic of unknown) {
    await admin.metadata({ topics: [topic], autocreateTopics: false });
    known.add(topic);
  }
}

async function send(
  producer: TextProducer,
  records: readonly KafkaRecord[],
): Promise<void> {
  const messages = records.map(({ topic, key, value, headers }) => ({
    topic,
    value,
    headers: new Map(Object.entries(headers)),
    ...(key === null ? {} : { key }),
  }));
  await producer.send({ messages });
}

async function consume(
  cluster: Cluster,
  what: KafkaConsumption,
  each: (record: FetchedRecord) => Promise<void>,
): Promise<Consumer> {
  const consumer: TextConsumer = new GroupConsumer({
    ...cluster,
    groupId: what.groupId,
    deserializers: stringDeserializers,
    maxWaitTime: fetchWaitMs,
    autocommit: false,
    highWaterMark: 256,
  });
  const store = async (offsets: readonly HandledOffset[]): Promise<void> => {
    if (offsets.length > 0)
      await consumer.commit({
        offsets: offsets.map((entry) => ({ ...entry, leaderEpoch: -1 })),
      });
  };
  const lanes = new PartitionLanes(
    what,
    what.commit === 'after' ? each : committingFirst(store, each),
  );
  consumer.on('consumer:group:join', ({ assignments }) => {
    lanes.assign(assignments ?? []);
  });
  const stream = await consumer.consume({
    topics: [...what.topics],
    mode: 'committed',
    fallbackMode: what.from,
  });
  const commit = async (): Promise<void> => {
    const offsets = lanes.takeHandled();
    if (what.commit === 'after') await store(offsets);
  };
  const timer = setInterval(
    () => void commit().catch(() => undefined),
    commitEveryMs,
  );
  const reading = (async (): Promise<void> => {
    for await (const message of stream) await lanes.add(toRecord(message));
  })().catch(() => undefined);
  return {
    stop: async () => {
      lanes.stop();
      clearInterval(timer);
      await lanes.idle();
      await commit().catch(() => undefined);
      await stream.close();
      await reading;
      await consumer.close(true);
    },
  };
}

/** One commit after another, so that an earlier offset never replaces a later one. */
function committingFirst(
  store: (offsets: readonly HandledOffset[]) => Promise<void>,
  each: (record: FetchedRecord) => Promise<void>,
): (record: FetchedRecord) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return async (record) => {
    const { topic, partition, offset } = record;
    const stored = last.then(() =>
      store([{ topic, partition, offset: offset + 1n }]),
    );
    last = stored.catch(() => undefined);
    await stored;
    await each(record);
  };
}

function toRecord(message: TextMessage): FetchedRecord {
  return {
    topic: message.topic,
    partition: message.partition,
    offset: message.offset,
    key: message.key === '' || message.key === undefined ? null : message.key,
    value: message.value,
    headers: Object.fromEntries(message.headers),
    producedAtMs: Number(message.timestamp),
    // The library sends its heartbeats on its own.
    heartbeat: () => Promise.resolve(),
  };
}

async function asking<T>(
  cluster: Cluster,
  groupId: string,
  ask: (consumer: TextConsumer) => Promise<T>,
): Promise<T> {
  const consumer: TextConsumer = new GroupConsumer({
    ...cluster,
    groupId,
    deserializers: stringDeserializers,
  });
  try {
    return await ask(consumer);
  } finally {
    await consumer.close(true);
  }
}

async function endOffsets(
  consumer: TextConsumer,
  _admin: Admin,
  topic: string,
): Promise<ReadonlyMap<number, bigint>> {
  const offsets = await consumer.listOffsets({ topics: [topic] });
  return new Map(
    (offsets.get(topic) ?? []).map((offset, partition) => [partition, offset]),
  );
}

async function committedOffsets(
  consumer: TextConsumer,
  admin: Admin,
  topic: string,
): Promise<ReadonlyMap<number, bigint>> {
  const metadata = await admin.metadata({ topics: [topic] });
  const partitions = Array.from(
    { length: metadata.topics.get(topic)?.partitionsCount ?? 0 },
    (_, index) => index,
  );
  const offsets = await consumer.listCommittedOffsets({
    topics: [{ topic, partitions }],
  });
  const known = (offsets.get(topic) ?? []).map(
    (offset, partition) => [partition, offset] as const,
  );
  return new Map(known.filter(([, offset]) => offset >= 0n));
}
