// One service's connection to a test broker: what it may do, and the messages that it gets.
import { connect } from 'amqplib';
import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import type { Rabbitmq } from './brokers/rabbitmq.ts';
import type { RabbitmqFolder } from './rabbitmq-folder.ts';

export interface Published {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
}

export interface AmqpSession {
  /** Runs one piece of work on a channel of its own; answers `ok` or the broker's reply code, such as 403. */
  readonly attempt: (
    work: (channel: ConfirmChannel) => Promise<unknown>,
  ) => Promise<string>;
  /** Opens a confirm channel that closes with the session. */
  readonly channel: () => Promise<ConfirmChannel>;
  /** Publishes persistently and waits for the confirm. */
  readonly publish: (message: Published) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Connects a service of the folder's design, or the administrator when no service is named. */
export async function connectAs(
  server: Rabbitmq,
  folder: RabbitmqFolder,
  service: string | null = null,
): Promise<AmqpSession> {
  const { vhost } = folder.topology;
  const connection = await connect(
    server.amqpUrl(
      service === null
        ? { vhost }
        : {
            vhost,
            username: service,
            password: folder.passwords[service] ?? '',
          },
    ),
    { noDelay: true },
  );
  connection.on('error', () => undefined);
  const channel = async (): Promise<ConfirmChannel> => {
    const opened = await connection.createConfirmChannel();
    opened.on('error', () => undefined);
    return opened;
  };
  return {
    channel,
    attempt: async (work) => attemptOn(connection, work),
    publish: async ({ exchange, routingKey, body = '', headers = {} }) => {
      const opened = await channel();
      opened.publish(exchange, routingKey, Buffer.from(body), {
        persistent: true,
        type: routingKey,
        headers,
      });
      await opened.waitForConfirms();
      await opened.close();
    },
    close: async () => connection.close().catch(() => undefined),
  };
}

// On a refused publish the confirm only says "channel closed"; the code comes with the channel's error.
async function attemptOn(
  connection: ChannelModel,
  work: (channel: ConfirmChannel) => Promise<unknown>,
): Promise<string> {
  const channel = await connection.createConfirmChannel();
  const refused = new Promise<string>((resolve) => {
    channel.on('error', (error: { readonly code?: number }) =>
      resolve(String(error.code ?? 'error')),
    );
  });
  try {
    await work(channel);
    await channel.waitForConfirms();
    await channel.close();
    return 'ok';
  } catch {
    return refused;
  }
}

/**
 * Takes every message of a queue; answers their texts in order. By a consumer, as `basic.get` is refused on a quorum
 * queue with a single active consumer (405).
 */
export async function drain(
  session: AmqpSession,
  queue: string,
): Promise<readonly string[]> {
  const channel = await session.channel();
  const texts: string[] = [];
  await channel.consume(
    queue,
    (message) => texts.push(message?.content.toString() ?? ''),
    { noAck: true },
  );
  // What was confirmed before is in the queue now, so it is on its way at once.
  for (let before = -1; before < texts.length;) {
    before = texts.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { messageCount } = await channel.checkQueue(queue);
    if (messageCount > 0) before = -1;
  }
  await channel.close();
  return texts;
}

/** Takes every message of several queues at once; answers their texts by queue. */
export async function drainAll(
  session: AmqpSession,
  queues: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  return new Map(
    await Promise.all(
      queues.map(
        async (queue): Promise<readonly [string, readonly string[]]> => [
          queue,
          await drain(session, queue),
        ],
      ),
    ),
  );
}

/** Reads a stream from its start until nothing comes for a while; answers the texts. */
export async function readStream(
  session: AmqpSession,
  stream: string,
): Promise<readonly string[]> {
  const channel = await session.channel();
  const texts: string[] = [];
  await channel.prefetch(100);
  await channel.consume(
    stream,
    (message: Message | null) => {
      if (message === null) return;
      texts.push(message.content.toString());
      channel.ack(message);
    },
    { arguments: { 'x-stream-offset': 'first' } },
  );
  for (let before = -1; before < texts.length;) {
    before = texts.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await channel.close();
  return texts;
}
