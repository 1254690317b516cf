// The work by amqplib alone: confirms, mandatory, manual acknowledgement.
import { connect, type ConsumeMessage } from 'amqplib';
import type { BareEffect } from './bare-effect.ts';
import {
  bareMessage,
  contentType,
  eventType,
  readEnvelope,
} from './bare-message.ts';
import { concurrently, handledAtOnce, type Side, stopwatch } from './side.ts';

/** Connects as publisher and as consumer. */
export async function bareAmqplib(urls: {
  readonly publisher: string;
  readonly consumer: string;
  readonly queue: string;
  readonly effect: BareEffect;
}): Promise<Side> {
  const publishing = await connect(urls.publisher, { noDelay: true });
  const consuming = await connect(urls.consumer, { noDelay: true });
  const channel = await publishing.createConfirmChannel();
  return {
    publish: (messages) =>
      concurrently(messages, async (data) => {
        const { id, key, body, headers } = bareMessage(data);
        await new Promise<void>((resolve, reject) => {
          channel.publish(
            eventType,
            eventType,
            Buffer.from(body),
            {
              messageId: id,
              contentType,
              persistent: true,
              mandatory: true,
              headers: { ...headers, partitionkey: key },
            },
            (error: unknown) =>
              error === null || error === undefined
                ? resolve()
                : reject(new Error('refused')),
          );
        });
      }),
    consume: async (count, what) => {
      const watch = stopwatch(count);
      const reader = await consuming.createChannel();
      await reader.prefetch(handledAtOnce);
      const handle = async (message: ConsumeMessage): Promise<void> => {
        const { id, source, data } = readEnvelope(
          message.content.toString('utf8'),
        );
        if (what === 'effect')
          await urls.effect.apply(source, id, data.orderId);
        reader.ack(message);
        watch.handled();
      };
      const { consumerTag } = await reader.consume(urls.queue, (message) => {
        if (message !== null) void handle(message);
      });
      const spent = await watch.done;
      await reader.cancel(consumerTag);
      await reader.close();
      return spent;
    },
    close: async () => {
      await publishing.close();
      await consuming.close();
      await urls.effect.close();
    },
  };
}
