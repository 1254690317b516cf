// Every complete example on a running Kafka: made, read back, its rights tried one by one, its messages sent.
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
} from 'kafkajs';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { ClusterConfig } from '../../apply/kafka/kafka-admin.ts';
import { kafkaOptions } from '../../brokers/kafka/options.ts';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { passwordVariable } from '../../brokers/kafka/names.ts';
import type { Model } from '../../model/model.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import type { Kafka } from '../../testing/brokers/kafka.ts';
import { waitUntil } from '../../testing/brokers/wait-until.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';
import { clientFor, listen } from '../../testing/kafka-groups.ts';
import { probeRights } from '../../testing/kafka-probe.ts';
import {
  applyModel,
  liveFixtures,
  oneNodeModel,
  planModel,
} from '../../testing/live-fixtures.ts';
import {
  channelOf,
  failuresOf,
  participations,
  publisherOf,
  type Participation,
} from '../../testing/spec-oracle.ts';

/** What the spec lets a service do, in Kafka's terms: channels are topics, and a group owns what serves it. */
function allowedBySpec(
  model: Model,
  { publishes, groups, asks, answers }: Participation,
): { write: string[]; read: string[]; groups: string[] } {
  const write = new Set([
    ...publishes.map((event) => channelOf(model, event)),
    ...asks,
    ...answers.map((request) => `${request}.reply`),
  ]);
  const read = new Set([
    ...groups.flatMap(({ channels }) => channels),
    ...answers,
    ...asks.map((request) => `${request}.reply`),
  ]);
  const joined = new Set([...groups.map(({ name }) => name), ...answers]);
  for (const group of groups)
    for (const channel of group.channels) {
      const { hasDeadLetter, steps } = failuresOf(model, group, channel);
      const stem = `${channel}.${group.name}`;
      // Its owner sets aside there what it gives up, and replays it.
      if (hasDeadLetter) {
        write.add(`${stem}.dlt`);
        read.add(`${stem}.dlt`);
        joined.add(`${group.name}.replay`);
      }
      for (let step = 1; step <= steps; step += 1) {
        write.add(`${stem}.retry.${step}`);
        read.add(`${stem}.retry.${step}`);
        joined.add(`${group.name}.retry.${step}`);
      }
    }
  return {
    write: [...write].sort(),
    read: [...read].sort(),
    groups: [...joined].sort(),
  };
}

const mechanismOf = (model: Model): ClusterConfig['sasl']['mechanism'] =>
  kafkaOptions(model).saslMechanism === 'SCRAM-SHA-256'
    ? 'scram-sha-256'
    : 'scram-sha-512';

// As Strimzi names users, `_` is `-` there.
const userOf = (service: string): string => service.replaceAll('_', '-');

const configOf = (
  kafka: Kafka,
  model: Model,
  login: { readonly username: string; readonly password: string } | null,
): ClusterConfig => ({
  clientId: login?.username ?? 'admin',
  brokers: [kafka.bootstrap],
  ssl: false,
  sasl:
    login === null
      ? { mechanism: 'scram-sha-512', ...kafka.admin }
      : { mechanism: mechanismOf(model), ...login },
  connectionTimeout: 10_000,
  requestTimeout: 30_000,
  retry: { retries: 5, initialRetryTime: 100 },
});

// The examples share a cluster and use the same names.
async function emptyCluster(kafka: Kafka): Promise<void> {
  const admin = clientFor(
    configOf(kafka, oneNodeModel('hello', 'kafka'), null),
  ).admin();
  await admin.connect();
  const { groups } = await admin.listGroups();
  await admin.deleteGroups(groups.map(({ groupId }) => groupId));
  const left = async (): Promise<string[]> =>
    (await admin.listTopics()).filter((name) => !name.startsWith('__'));
  // A topic that is on its way out may still be listed: the next look does not see it any more.
  await waitUntil(
    async () => {
      const topics = (await left()).slice(0, 20);
      if (topics.length > 0) await admin.deleteTopics({ topics });
      return topics.length === 0;
    },
    { what: 'an empty cluster', timeoutMs: 50_000 },
  );
  await admin.deleteAcls({
    filters: [
      {
        resourceType: AclResourceTypes.ANY,
        resourcePatternType: ResourcePatternTypes.ANY,
        operation: AclOperationTypes.ANY,
        permissionType: AclPermissionTypes.ANY,
      },
    ],
  });
  await admin.disconnect();
}

describeWithBroker(
  'kafka',
  'every example on a running Kafka',
  (kafka) => {
    const closers: (() => Promise<void> | void)[] = [];
    const closeAll = async (): Promise<void> => {
      for (const close of closers.splice(0).toReversed()) await close();
    };
    afterEach(async () => {
      await closeAll();
      await emptyCluster(kafka());
    }, 300_000);
    afterAll(closeAll);

    it.each(liveFixtures)(
      'makes %s as written, lets each service do what the spec says, and brings each event to its consumers',
      async (fixture) => {
        const model = oneNodeModel(fixture, 'kafka');
        const deployment = deployKafka(model, kafka)();
        closers.push(() => deployment.close());
        const passwords = Object.fromEntries(
          Object.keys(deployment.passwords).map((variable) => [
            variable,
            `secret of ${variable}`,
          ]),
        );
        const variables = {
          ...passwords,
          BROKER_ADMIN_USER: kafka().admin.username,
          BROKER_ADMIN_PASSWORD: kafka().admin.password,
          BROKER_ADMIN_MECHANISM: 'SCRAM-SHA-512',
          BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
        };
        const place = [kafka().bootstrap, variables] as const;

        // Made, read back, and made again.
        const first = await applyModel(model, ...place);
        expect(first.comparison.drifts).toEqual([]);
        expect(first.comparison.asWanted).toBe(first.wanted);
        expect((await applyModel(model, ...place)).steps).toEqual([]);
        // The generated scripts, which share no code with it, find nothing to do either.
        expect(await deployment.script('topics.sh')).toMatchObject({
          code: 0,
          stdout: 'topics: nothing to change\n',
        });
        expect(await deployment.script('acls.sh')).toMatchObject({
          code: 0,
          stdout: 'acls: nothing to change\n',
          stderr: '',
        });

        // One setting changed by hand is named, alone, and mended.
        const [topic] = planKafka(model).topics;
        const changed = await kafka().tools.run('kafka-configs.sh', [
          '--bootstrap-server',
          kafka().bootstrap,
          '--command-config',
          kafka().writeClientProperties(),
          '--alter',
          '--entity-type',
          'topics',
          '--entity-name',
          topic?.name ?? '',
          '--add-config',
          'retention.ms=123456',
        ]);
        expect(changed).toMatchObject({ code: 0 });
        expect((await planModel(model, ...place)).drifts).toMatchObject([
          {
            kind: 'change',
            resource: { kind: 'topic', name: topic?.name },
            settings: [{ key: 'retention.ms', live: '123456' }],
          },
        ]);
        expect((await applyModel(model, ...place)).steps).toEqual([
          `changed topic ${topic?.name ?? ''}`,
        ]);

        const admin = clientFor(configOf(kafka(), model, null));
        const loginOf = (
          service: string,
        ): { readonly username: string; readonly password: string } => ({
          username: userOf(service),
          password: passwords[passwordVariable(userOf(service))] ?? '',
        });

        // Rights: every service on every topic and group.
        const parts = participations(model);
        const client = admin.admin();
        await client.connect();
        const topics = (await client.listTopics())
          .filter((name) => !name.startsWith('__'))
          .sort();
        await client.disconnect();
        const wanted = parts.map((part) => [
          part.service,
          { ...allowedBySpec(model, part), create: [] },
        ]);
        const groups = [
          ...new Set([
            ...parts.flatMap((part) => allowedBySpec(model, part).groups),
            'nobody',
          ]),
        ].sort();
        const found = await Promise.all(
          parts.map(async ({ service }) => [
            service,
            await probeRights(
              configOf(kafka(), model, loginOf(service)),
              topics,
              groups,
            ),
          ]),
        );
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
        const outsider = { username: 'nobody', password: 'nothing' };
        await expect(
          probeRights(configOf(kafka(), model, outsider), topics, groups),
        ).rejects.toThrow(/authentication/i);

        // Messages: each event by its publisher's own login.
        for (const { name, key } of model.events) {
          const service = publisherOf(model, name);
          const login = service === null ? null : loginOf(service);
          const producer = clientFor(configOf(kafka(), model, login)).producer({
            allowAutoTopicCreation: false,
          });
          await producer.connect();
          await producer.send({
            topic: channelOf(model, name),
            messages: [
              {
                key: key === null ? null : 'key-1',
                value: JSON.stringify({ type: name }),
              },
            ],
          });
          await producer.disconnect();
        }
        const listening = await Promise.all(
          model.groups.map(async (group) =>
            listen(group, configOf(kafka(), model, loginOf(group.service))),
          ),
        );
        closers.push(async () => {
          await Promise.all(listening.map(async ({ close }) => close()));
        });
        await expect
          .poll(() => listening.map(({ name, seen }) => [name, seen()]), {
            timeout: 90_000,
          })
          .toEqual(
            model.groups.map(({ name, channels }) => [
              name,
              model.events
                .filter(({ channel }) => channels.includes(channel))
                .map((event) => event.name)
                .sort(),
            ]),
          );
        expect(
          listening.map(({ name, handled, crash }) => [
            name,
            handled(),
            crash(),
          ]),
        ).toEqual(
          model.groups.map(({ name, events }) => [
            name,
            [...events].sort(),
            null,
          ]),
        );
        // Nothing of this has changed the design.
        expect((await planModel(model, ...place)).drifts).toEqual([]);
      },
      300_000,
    );
  },
  {
    isPrivate: true,
    options: {
      heapMiB: 512,
      properties: {
        'listener.name.client.sasl.enabled.mechanisms':
          'SCRAM-SHA-512,SCRAM-SHA-256',
        'listener.name.client.scram-sha-256.sasl.jaas.config':
          'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      },
    },
  },
);
