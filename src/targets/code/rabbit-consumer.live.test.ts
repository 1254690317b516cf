import type { Message } from 'amqplib';
import { modelOf, checkText, readFixture } from '../../testing/load-model.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { connectAs } from '../../testing/amqp-session.ts';
import type { AmqpSession } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import {
  describeConsumers,
  type DeadLetter,
} from '../../testing/consumer-suite.ts';
import { loadGeneratedConsumers } from '../../testing/generated-consumers.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const read = modelOf(
  checkText(readFixture('apply', 'attempts.yaml'), 'rabbitmq'),
);
const model = {
  ...read,
  broker: {
    ...read.broker,
    version: { ...read.broker.version, value: rabbitmqRelease() },
  },
};
const folder = writeRabbitmqFolder(model);
const { vhost } = folder.topology;

interface QueueCount {
  readonly name: string;
  readonly messages?: number;
}

describeWithBroker(
  'rabbitmq',
  'generated consumers on a running RabbitMQ',
  (server) => {
    let admin: AmqpSession | null = null;
    const asAdmin = async (): Promise<AmqpSession> => {
      admin ??= await connectAs(server(), folder);
      return admin;
    };
    const lettersOf = (text: Message): DeadLetter => ({
      body: text.content.toString(),
      headers: Object.fromEntries(
        Object.entries(text.properties.headers ?? {}).map(([name, value]) => [
          name,
          String(value),
        ]),
      ),
    });

    describeConsumers({
      load: async () => {
        const run = await folder.apply(server());
        if (run.code !== 0) throw new Error(run.stderr);
        return loadGeneratedConsumers(model);
      },
      connect: async (generated, service) =>
        generated.connect({
          url: server().amqpUrl({
            username: service,
            password: folder.passwords[service] ?? '',
            vhost,
          }),
          clientId: service,
          environment: {},
        }),
      takeDeadLetters: async (group, count) => {
        const channel = await (await asAdmin()).channel();
        const found: DeadLetter[] = [];
        while (found.length < count) {
          const message = await channel.get(`${group}.dlq`, { noAck: true });
          if (message === false)
            await new Promise((resolve) => setTimeout(resolve, 50));
          else found.push(lettersOf(message));
        }
        await channel.close();
        return found;
      },
      isSettled: async (group) => {
        // Asked of the node itself: the management API counts only every few seconds.
        const out = await server().ctl(
          '--formatter=json',
          `--vhost=${vhost}`,
          'list_queues',
          'name',
          'messages',
        );
        const queues = JSON.parse(out) as readonly QueueCount[];
        return queues
          .filter(
            ({ name }) => name === group || name.startsWith(`${group}.lane.`),
          )
          .every(({ messages }) => messages === 0);
      },
      close: async () => {
        await admin?.close();
        folder.remove();
      },
    });
  },
  { isPrivate: true },
);
