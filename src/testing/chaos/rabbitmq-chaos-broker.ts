// A private RabbitMQ with the design on it, for the fault run.
import { connect, type Channel } from 'amqplib';
import type { QueueRole } from '../../brokers/rabbitmq/topology.ts';
import type { Model } from '../../model/model.ts';
import { type Rabbitmq, startRabbitmq } from '../brokers/rabbitmq.ts';
import { sleep, waitUntil } from '../brokers/wait-until.ts';
import {
  type RabbitmqFolder,
  writeRabbitmqFolder,
} from '../rabbitmq-folder.ts';
import {
  type ChaosBroker,
  type DeadLetter,
  deadLetterFrom,
  hangMs,
} from './chaos-broker.ts';

/** Time that quorum queues need after their declaration until 3.10 keeps them over a SIGKILL. */
const settleTimeoutMs = 60_000;

/** Starts a node and applies the generated definitions by their own script. */
export async function startRabbitmqForChaos(
  model: Model,
): Promise<ChaosBroker> {
  const server = await startRabbitmq();
  const folder = writeRabbitmqFolder(model);
  const close = async (): Promise<void> => {
    folder.remove();
    await server.close();
  };
  try {
    const run = await folder.apply(server);
    if (run.code !== 0) throw new Error(run.stderr);
    const named = (...roles: readonly QueueRole[]): readonly string[] =>
      folder.topology.queues
        .filter(({ role }) => roles.includes(role))
        .map(({ name }) => name);
    const main = named('work', 'lane', 'retry');
    const deadLetters = named('dead-letter');
    await settled(server, folder, [...main, ...deadLetters]);
    return {
      ...brokerOf(server, folder),
      backlog: () => messagesIn(server, folder, main),
      countDeadLetters: () => countIn(server, folder, deadLetters),
      deadLetters: () => readAll(server, folder, deadLetters),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function brokerOf(
  server: Rabbitmq,
  folder: RabbitmqFolder,
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
    kind: 'rabbitmq',
    version: server.version,
    loginOf: (service) => ({
      url: server.amqpUrl({
        username: service,
        password: folder.passwords[service] ?? '',
        vhost: folder.topology.vhost,
      }),
      environment: {},
    }),
    restart: async () => server.restart(),
    hangAndDie: async () => {
      const pid = server.pid();
      if (pid !== null) process.kill(-pid, 'SIGSTOP');
      await sleep(hangMs);
      await server.kill9();
      await server.restart();
    },
    // The broker sees the closed socket at once.
    restAfterDeathMs: 0,
    // An expired message whose way back was cut off leaves its queue after the time-out of dead-lettering, 3 minutes.
    patienceMs: 240_000,
  };
}

/** Every queue has elected a leader and can be read: before that a SIGKILL may lose what was just declared. */
async function settled(
  server: Rabbitmq,
  folder: RabbitmqFolder,
  queues: readonly string[],
): Promise<void> {
  await waitUntil(async () => (await countIn(server, folder, queues)) === 0, {
    what: 'queues after their declaration',
    timeoutMs: settleTimeoutMs,
    intervalMs: 500,
  });
}

async function onChannel<T>(
  server: Rabbitmq,
  { topology: { vhost } }: RabbitmqFolder,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const connection = await connect(server.amqpUrl({ vhost }));
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    return await work(channel);
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** Asked of the node itself, which also counts what a consumer holds and what waits to be dead-lettered. */
async function messagesIn(
  server: Rabbitmq,
  { topology: { vhost } }: RabbitmqFolder,
  queues: readonly string[],
): Promise<number> {
  const out = await server.ctl(
    '--formatter=json',
    `--vhost=${vhost}`,
    'list_queues',
    'name',
    'messages',
  );
  const counts = JSON.parse(out) as readonly {
    readonly name: string;
    readonly messages?: number;
  }[];
  const wanted = new Set(queues);
  return counts
    .filter(({ name }) => wanted.has(name))
    .reduce((sum, { messages }) => sum + (messages ?? 0), 0);
}

async function countIn(
  server: Rabbitmq,
  folder: RabbitmqFolder,
  queues: readonly string[],
): Promise<number> {
  return onChannel(server, folder, async (channel) => {
    let count = 0;
    for (const queue of queues)
      count += (await channel.checkQueue(queue)).messageCount;
    return count;
  });
}

async function readAll(
  server: Rabbitmq,
  folder: RabbitmqFolder,
  queues: readonly string[],
): Promise<readonly DeadLetter[]> {
  return onChannel(server, folder, async (channel) => {
    const found: DeadLetter[] = [];
    for (const queue of queues) {
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (message === false) break;
        const headers = Object.entries(message.properties.headers ?? {}).map(
          ([name, value]): [string, string] => [name, String(value)],
        );
        found.push(
          deadLetterFrom(
            message.content.toString(),
            Object.fromEntries(headers),
            queue,
          ),
        );
      }
    }
    return found;
  });
}
