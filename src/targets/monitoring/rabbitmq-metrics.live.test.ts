import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Monitoring } from '../../brokers/monitoring.ts';
import { rabbitmq } from '../../brokers/rabbitmq.ts';
import { connectAs } from '../../testing/amqp-session.ts';
import type { AmqpSession } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { waitUntil } from '../../testing/brokers/wait-until.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';

const model = ordersModel(rabbitmqRelease());
const folder = writeRabbitmqFolder(model);
const described = rabbitmq.monitoring(model);

/** The broker's own metrics in the rules and panels; `up` is Prometheus' own. */
const metricsIn = ({ recordings, alerts, panels }: Monitoring) => [
  ...new Set(
    [
      ...recordings.map(({ expression }) => expression),
      ...alerts.map(
        ({ expression, limit }) => `${expression} ${limit?.environments ?? ''}`,
      ),
      ...panels.flatMap(({ queries }) =>
        queries.map(({ expression }) => expression),
      ),
    ].flatMap((expression) => expression.match(/\brabbitmq_\w+/g) ?? []),
  ),
];

describeWithBroker(
  'rabbitmq',
  'the metrics of RabbitMQ',
  (server) => {
    let orders: AmqpSession;
    let shipping: AmqpSession;
    beforeAll(async () => {
      const run = await folder.apply(server());
      if (run.code !== 0) throw new Error(run.stderr);
      orders = await connectAs(server(), folder, 'orders');
      shipping = await connectAs(server(), folder, 'shipping');
    });
    afterAll(async () => {
      await orders.close();
      await shipping.close();
      folder.remove();
    });

    const scrape = async (): Promise<string> => {
      const base = new URL(server().prometheusUrl ?? '');
      const texts = described.jobs.map(async ({ path, parameters }) => {
        const url = new URL(path, base);
        for (const [name, values] of Object.entries(parameters)) {
          for (const value of values as readonly string[])
            url.searchParams.append(name, value);
        }
        return (await fetch(url)).text();
      });
      return (await Promise.all(texts)).join('\n');
    };

    it('has every metric that rules and panels name, with the labels of the design', async () => {
      const channel = await shipping.channel();
      await channel.consume('shipping.order', (message) => {
        if (message !== null) channel.ack(message);
      });
      // A channel's counters go when it closes, so this one stays open.
      const publishing = await orders.channel();
      publishing.publish('order', 'order.paid', Buffer.from('one'));
      await publishing.waitForConfirms();
      const { vhost } = folder.topology;
      let text = '';
      const seen = ([metric = '', ...labels]: readonly string[]): boolean =>
        text
          .split('\n')
          .some(
            (line) =>
              line.startsWith(`${metric}{`) &&
              labels.every((label) => line.includes(label)),
          );
      const here = `vhost="${vhost}"`;
      const wanted = [
        ...folder.topology.queues.flatMap(({ name }) =>
          [
            'rabbitmq_detailed_queue_messages',
            'rabbitmq_detailed_queue_messages_ready',
            'rabbitmq_detailed_queue_consumers',
          ].map((metric) => [metric, here, `queue="${name}"`] as const),
        ),
        [
          'rabbitmq_detailed_channel_messages_published_total',
          here,
          'exchange="order"',
        ] as const,
        [
          'rabbitmq_detailed_channel_messages_confirmed_total',
          here,
          'exchange="order"',
        ] as const,
        [
          'rabbitmq_detailed_channel_messages_acked_total',
          here,
          'queue="shipping.order"',
        ] as const,
      ];
      const absent = (): readonly string[] =>
        wanted.filter((one) => !seen(one)).map(String);
      // The broker gathers its statistics every five seconds, each queue at its own time.
      await waitUntil(
        async () => {
          text = await scrape();
          return absent().length === 0;
        },
        { timeoutMs: 25_000, what: 'the statistics of every queue' },
      );
      const names = metricsIn(described);
      expect(names.length).toBeGreaterThan(12);
      const missing = names.filter(
        (name) => !new RegExp(`^${name}[{ ]`, 'm').test(text),
      );
      expect(missing).toEqual([]);
      await channel.close();
      await publishing.close();
    });

    /** The value of a series, summed over the channels. */
    const valueOf = async (
      metric: string,
      ...labels: readonly string[]
    ): Promise<number> =>
      (await scrape())
        .split('\n')
        .filter(
          (line) =>
            line.startsWith(`${metric}{`) &&
            labels.every((label) => line.includes(label)),
        )
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

    it('counts a refused publish as published and not as confirmed, by exchange and channel', async () => {
      const { vhost } = folder.topology;
      const admin = await connectAs(server(), folder);
      const declared = await admin.channel();
      await declared.assertQueue('narrow', {
        durable: true,
        arguments: {
          'x-queue-type': 'classic',
          'x-max-length': 1,
          'x-overflow': 'reject-publish',
        },
      });
      await declared.bindQueue('narrow', 'order', 'order.cancelled');
      const publishing = await orders.channel();
      const outcomes: string[] = [];
      for (let index = 0; index < 20; index += 1)
        publishing.publish(
          'order',
          'order.cancelled',
          Buffer.from('x'),
          {},
          (error) => outcomes.push(error === null ? 'confirmed' : 'refused'),
        );
      await waitUntil(async () => Promise.resolve(outcomes.length === 20), {
        timeoutMs: 25_000,
        what: 'the answer to every publish',
      });
      const refused = outcomes.filter((one) => one === 'refused').length;
      expect(refused).toBeGreaterThan(10);
      const here = [`vhost="${vhost}"`, 'exchange="order"'];
      const gap = async (): Promise<number> =>
        (await valueOf(
          'rabbitmq_detailed_channel_messages_published_total',
          ...here,
        )) -
        (await valueOf(
          'rabbitmq_detailed_channel_messages_confirmed_total',
          ...here,
        ));
      await waitUntil(async () => (await gap()) === refused, {
        timeoutMs: 25_000,
        what: 'the gap between published and confirmed',
      });
      await publishing.close();
      await declared.deleteQueue('narrow');
      await admin.close();
    });

    const lost = async (): Promise<number> =>
      Number(
        /^rabbitmq_global_messages_dead_lettered_rejected_total\{[^}]*quorum[^}]*"disabled"\} (\d+)/m.exec(
          await scrape(),
        )?.[1] ?? 0,
      );

    it('counts a message that is dropped without a dead letter as lost', async () => {
      await server().management(
        'PUT',
        `/api/queues/${encodeURIComponent(folder.topology.vhost)}/careless`,
        { body: { durable: true, arguments: { 'x-queue-type': 'quorum' } } },
      );
      const admin = await connectAs(server(), folder);
      const before = await lost();
      await admin.publish({ exchange: '', routingKey: 'careless' });
      const channel = await admin.channel();
      await channel.consume('careless', (message) => {
        if (message !== null) channel.reject(message, false);
      });
      await waitUntil(async () => (await lost()) === before + 1, {
        timeoutMs: 60_000,
        what: 'the counter of lost messages',
      });
      await admin.close();
    });
  },
  { isPrivate: true },
);
