// A private Kafka with the design on it, for the fault run.
import type { Admin } from 'kafkajs';
import {
  passwordVariable,
  retryGroup,
  retryTopic,
} from '../../brokers/kafka/names.ts';
import type { Model } from '../../model/model.ts';
import { type Kafka, startKafka } from '../brokers/kafka.ts';
import { sleep } from '../brokers/wait-until.ts';
import { deployKafka, type KafkaDeployment } from '../kafka-deployment.ts';
import {
  type ChaosBroker,
  type DeadLetter,
  deadLetterFrom,
  hangMs,
} from './chaos-broker.ts';

const longestLadder = 10;

/** Starts a node and applies the generated topics, users and rights by their own script. */
export async function startKafkaForChaos(model: Model): Promise<ChaosBroker> {
  const server = await startKafka({ heapMiB: 512 });
  const deployment = deployKafka(model, () => server)();
  const close = async (): Promise<void> => {
    deployment.close();
    await server.close();
  };
  try {
    const run = await deployment.script('apply.sh');
    if (run.code !== 0) throw new Error(run.stderr);
    const topics = await asAdmin(deployment, async (admin) =>
      admin.listTopics(),
    );
    const isDead = (topic: string): boolean => topic.endsWith('.dlt');
    const reads = readsOf(model).filter(({ topic }) => topics.includes(topic));
    const deadTopics = topics.filter(isDead);
    return {
      ...brokerOf(server, deployment),
      backlog: () => asAdmin(deployment, (admin) => lagOf(admin, reads)),
      countDeadLetters: () =>
        asAdmin(deployment, (admin) => countIn(admin, deadTopics)),
      deadLetters: () => readAll(deployment, deadTopics),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function brokerOf(
  server: Kafka,
  deployment: KafkaDeployment,
): Pick<
  ChaosBroker,
  | 'kind'
  | 'version'
  | 'loginOf'
  | 'restart'
  | 'hangAndDie'
  | 'restAfterDeathMs'
  | 'patienceMs'
> {
  return {
    kind: 'kafka',
    version: server.version ?? 'unknown',
    loginOf: (service) => ({
      url: server.bootstrap,
      environment: {
        KAFKA_USERNAME: service,
        KAFKA_PASSWORD: deployment.passwords[passwordVariable(service)] ?? '',
      },
    }),
    restart: async () => server.restart(),
    hangAndDie: async () => {
      const pid = server.pid();
      if (pid !== null) process.kill(-pid, 'SIGSTOP');
      await sleep(hangMs);
      await server.kill9();
      await server.restart();
    },
    // A dead member keeps its partitions until its session ends: 30 s in kafkajs, and the group waits for it.
    restAfterDeathMs: 45_000,
    patienceMs: 135_000,
  };
}

/** A group and a topic that it reads. */
interface Reading {
  readonly group: string;
  readonly topic: string;
}

function readsOf(model: Model): readonly Reading[] {
  const steps = Array.from({ length: longestLadder }, (_, index) => index + 1);
  return model.groups.flatMap(({ name, channels }) =>
    channels.flatMap((channel) => [
      { group: name, topic: channel },
      ...steps.map((step) => ({
        group: retryGroup(name, step),
        topic: retryTopic(channel, name, step),
      })),
    ]),
  );
}

async function asAdmin<T>(
  deployment: KafkaDeployment,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = deployment.clientOf(null).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function lagOf(admin: Admin, reads: readonly Reading[]): Promise<number> {
  const topics = [...new Set(reads.map(({ topic }) => topic))];
  const ends = new Map(
    await Promise.all(
      topics.map(
        async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const,
      ),
    ),
  );
  let lag = 0;
  for (const group of new Set(reads.map((read) => read.group))) {
    const own = reads.filter((read) => read.group === group);
    const held = await admin.fetchOffsets({
      groupId: group,
      topics: own.map(({ topic }) => topic),
    });
    for (const { topic, partitions } of held) {
      const at = new Map(
        partitions.map(({ partition, offset }) => [partition, Number(offset)]),
      );
      for (const { partition, high } of ends.get(topic) ?? [])
        lag += Number(high) - Math.max(0, at.get(partition) ?? 0);
    }
  }
  return lag;
}

async function countIn(
  admin: Admin,
  topics: readonly string[],
): Promise<number> {
  let count = 0;
  for (const topic of topics)
    for (const { high, low } of await admin.fetchTopicOffsets(topic))
      count += Number(high) - Number(low);
  return count;
}

async function readAll(
  deployment: KafkaDeployment,
  topics: readonly string[],
): Promise<readonly DeadLetter[]> {
  const found: DeadLetter[] = [];
  const wanted = await asAdmin(deployment, (admin) => countIn(admin, topics));
  const consumer = deployment.clientOf(null).consumer({
    groupId: `dead-letters-${String(Date.now())}`,
    maxWaitTimeInMs: 200,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const headers = Object.entries(message.headers ?? {}).map(
        ([name, value]): [string, string] => [name, String(value)],
      );
      found.push(
        deadLetterFrom(
          message.value?.toString() ?? '',
          Object.fromEntries(headers),
          topic,
        ),
      );
      return Promise.resolve();
    },
  });
  while (found.length < wanted) await sleep(50);
  await consumer.disconnect();
  return found;
}
