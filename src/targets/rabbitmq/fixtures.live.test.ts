// Every complete example on a running RabbitMQ: made, read back, its rights tried one by one, its messages sent.
import { afterEach, expect, it } from 'vitest';
import type { Model } from '../../model/model.ts';
import { connectAs, drain, drainAll } from '../../testing/amqp-session.ts';
import type { AmqpSession } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { keyHeaders } from '../../testing/key-headers.ts';
import {
  applyModel,
  liveFixtures,
  oneNodeModel,
  planModel,
} from '../../testing/live-fixtures.ts';
import { writeRabbitmqFolder } from '../../testing/rabbitmq-folder.ts';
import {
  channelOf,
  failuresOf,
  groupsOf,
  participations,
  publisherOf,
  type Participation,
} from '../../testing/spec-oracle.ts';

interface Names {
  readonly queues: readonly string[];
  readonly exchanges: readonly string[];
}

// A command's group reads the queue that its channel is named after; lanes of a queue count as the queue.
const placeOf = (model: Model, group: string): string => {
  const found = model.groups.find(({ name }) => name === group);
  return found?.isCommandQueue === true ? (found.channels[0] ?? '') : group;
};
const withoutLane = (queue: string): string =>
  queue.replace(/\.lane\.\d+$/, '');

/** What the spec lets a service do, in RabbitMQ's terms: `exchange key` to publish, queues to read. */
function allowedBySpec(
  model: Model,
  { publishes, groups, asks, answers }: Participation,
  { queues, exchanges }: Names,
): { publish: string[]; read: string[] } {
  const places = groups.map(({ name }) => placeOf(model, name));
  const handled = new Set(groups.flatMap(({ events }) => events));
  const aside = groups.filter((group) =>
    group.channels.some((name) => failuresOf(model, group, name).steps > 0),
  );
  const keeping = groups.filter((group) =>
    group.channels.some((name) => failuresOf(model, group, name).hasDeadLetter),
  );
  // Its owner replays what it has given up.
  const deadLetters = keeping
    .filter(({ delivery }) => delivery.value !== 'at-most-once')
    .map(({ name }) => `${placeOf(model, name)}.dlq`);
  const ladders = aside.map(({ name }) => `${placeOf(model, name)}.retry`);
  const logs = model.channels
    .filter(({ events }) => events.every((event) => handled.has(event)))
    .map(({ name }) => `${name}.log`);
  return {
    publish: [
      ...publishes.map((event) => `${channelOf(model, event)} ${event}`),
      ...asks.map((request) => `${request} any`),
      ...exchanges
        .filter((name) => ladders.includes(name))
        .map((name) => `${name} any`),
      ...keeping
        .filter(({ delivery }) => delivery.value !== 'at-most-once')
        .map(({ name }) => `dead-letters ${placeOf(model, name)}`),
      ...(answers.length === 0 ? [] : [' any']),
    ].sort(),
    read: queues
      .filter((queue) =>
        [...places, ...answers, ...logs, ...deadLetters].includes(
          withoutLane(queue),
        ),
      )
      .sort(),
  };
}

describeWithBroker(
  'rabbitmq',
  'every example on a running RabbitMQ',
  (server) => {
    const closers: (() => Promise<void> | void)[] = [];
    afterEach(async () => {
      for (const close of closers.splice(0).toReversed()) await close();
    });

    const names = async (
      kind: 'queues' | 'exchanges',
      vhost: string,
    ): Promise<readonly string[]> => {
      const { body } = await server().management(
        'GET',
        `/api/${kind}/${vhost}`,
      );
      return (body as readonly { readonly name: string }[])
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('amq.'))
        .sort();
    };

    it.each(liveFixtures)(
      'makes %s as written, lets each service do what the spec says, and brings each event to its consumers',
      async (fixture) => {
        const model = oneNodeModel(fixture, 'rabbitmq', rabbitmqRelease());
        const folder = writeRabbitmqFolder(model);
        closers.push(() => folder.remove());
        const { vhost, users } = folder.topology;
        const variables = {
          RABBITMQ_ADMIN_USER: server().admin.username,
          RABBITMQ_ADMIN_PASSWORD: server().admin.password,
          ...Object.fromEntries(
            users.map(({ name, passwordVariable }) => [
              passwordVariable,
              folder.passwords[name] ?? '',
            ]),
          ),
        };
        const place = [server().managementUrl, variables] as const;

        // Made, read back, and made again; the generated script, which shares no code with it, changes nothing either.
        const first = await applyModel(model, ...place);
        expect(first.comparison.drifts).toEqual([]);
        expect(first.comparison.asWanted).toBe(first.wanted);
        expect((await applyModel(model, ...place)).steps).toEqual([]);
        expect(await folder.apply(server())).toMatchObject({
          code: 0,
          stderr: '',
        });
        expect((await planModel(model, ...place)).drifts).toEqual([]);

        // One setting changed by hand is named, alone, and mended.
        const [policy] = folder.topology.policies;
        if (policy === undefined) throw new Error('a design has policies');
        await server().management(
          'PUT',
          `/api/policies/${vhost}/${encodeURIComponent(policy.name)}`,
          {
            body: {
              pattern: policy.pattern,
              'apply-to': policy.applyTo,
              priority: policy.priority,
              definition: { ...policy.definition, 'max-length': 12_345 },
            },
          },
        );
        expect((await planModel(model, ...place)).drifts).toMatchObject([
          {
            kind: 'change',
            resource: { kind: 'policy', name: policy.name },
            settings: [{ key: 'definition' }],
          },
        ]);
        expect((await applyModel(model, ...place)).steps).toEqual([
          `changed policy ${policy.name}`,
        ]);

        const sessions = new Map<string, AmqpSession>();
        closers.push(async () => {
          for (const session of sessions.values()) await session.close();
        });
        const admin = await connectAs(server(), folder);
        sessions.set('', admin);
        for (const { name } of users)
          sessions.set(name, await connectAs(server(), folder, name));
        const as = (user: string): AmqpSession => sessions.get(user) ?? admin;

        // Messages first, while nothing else is in the queues.
        const live = {
          queues: await names('queues', vhost),
          exchanges: await names('exchanges', vhost),
        };
        const streams = new Set(
          folder.topology.queues
            .filter(({ type }) => type === 'stream')
            .map(({ name }) => name),
        );
        const drained = live.queues.filter((queue) => !streams.has(queue));
        for (const { name } of model.events) {
          const service = publisherOf(model, name);
          await as(service ?? '').publish({
            exchange: channelOf(model, name),
            routingKey: name,
            body: name,
            headers: keyHeaders('key-1', folder.topology.slots.value),
          });
        }
        const taken = await drainAll(admin, drained);
        const arrived = drained.flatMap((queue) =>
          (taken.get(queue) ?? []).map(
            (text) => `${text} ${withoutLane(queue)}`,
          ),
        );
        expect(arrived.sort()).toEqual(
          model.events
            .flatMap(({ name }) =>
              groupsOf(model, name).map(
                (group) => `${name} ${placeOf(model, group)}`,
              ),
            )
            .sort(),
        );

        // What no binding takes is kept, wherever every event of an exchange has a queue.
        const guarded = folder.topology.policies.flatMap(
          ({ applyTo, targets }) => (applyTo === 'exchanges' ? targets : []),
        );
        for (const exchange of guarded)
          await admin.publish({
            exchange,
            routingKey: 'nobody.takes.this',
            body: exchange,
          });
        expect([...(await drain(admin, 'unrouted'))].sort()).toEqual(
          [...guarded].sort(),
        );

        // Rights: every service on every exchange with every key that it carries, and on every queue.
        const keys = new Map([
          ...model.channels.map(
            ({ name, events }): [string, readonly string[]] => [name, events],
          ),
          [
            'dead-letters',
            model.groups.map(({ name }) => placeOf(model, name)),
          ],
        ]);
        const tries = [
          '',
          ...live.exchanges.filter((name) => name !== ''),
        ].flatMap((exchange) =>
          [...(keys.get(exchange) ?? []), 'any'].map((key) => ({
            exchange,
            key,
          })),
        );
        const isDirect = new Set(
          model.channels
            .filter(({ kind }) => kind === 'command')
            .map(({ name }) => name),
        );
        const parts = participations(model).filter(({ service }) =>
          sessions.has(service),
        );
        const found = await Promise.all(
          parts.map(async ({ service }) => {
            const session = as(service);
            const publish: string[] = [];
            const read: string[] = [];
            for (const { exchange, key } of tries) {
              // A command's exchange is direct, where keys are not limited by rights.
              if (key === 'any' && isDirect.has(exchange)) continue;
              const code = await session.attempt(async (channel) =>
                Promise.resolve(
                  channel.publish(exchange, key, Buffer.from('probe')),
                ),
              );
              if (code === 'ok') publish.push(`${exchange} ${key}`);
              else expect(code).toBe('403');
            }
            for (const queue of live.queues) {
              const code = await session.attempt(async (channel) => {
                await channel.prefetch(1);
                const { consumerTag } = await channel.consume(
                  queue,
                  () => undefined,
                );
                await channel.cancel(consumerTag);
              });
              if (code === 'ok') read.push(queue);
              else expect(code).toBe('403');
            }
            const create = await session.attempt(async (channel) =>
              channel.assertQueue('mine', { durable: true }),
            );
            return [service, { publish: publish.sort(), read, create }];
          }),
        );
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries(
            parts.map((part) => [
              part.service,
              { ...allowedBySpec(model, part, live), create: '403' },
            ]),
          ),
        );
        // Nothing of this has changed the design.
        expect((await planModel(model, ...place)).drifts).toEqual([]);
      },
      300_000,
    );
  },
);
