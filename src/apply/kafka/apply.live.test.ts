import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigResourceTypes,
  ConfigSource,
  Kafka as Client,
  logLevel,
  type Admin,
} from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import {
  bundleCli,
  differencesOf,
  killAfter,
  readPlan,
  runCli,
  type BundledCli,
  type CliResult,
  type ToldPlan,
} from '../../testing/cli-run.ts';
import { fixturePath } from '../../testing/load-model.ts';

const spec = fixturePath('apply', 'orders.yaml');
const folder = mkdtempSync(join(tmpdir(), 'event-arch-apply-'));

const rewritten = (
  name: string,
  from: RegExp,
  to: string,
  of = spec,
): string => {
  const text = readFileSync(of, 'utf8');
  expect(text).toMatch(from);
  const file = join(folder, name);
  writeFileSync(file, text.replace(from, to));
  return file;
};

describeWithBroker(
  'kafka',
  'plan and apply on Kafka',
  (kafka) => {
    let bundled: BundledCli | null = null;
    let connected: Admin | null = null;
    beforeAll(async () => {
      bundled = await bundleCli();
      connected = new Client({
        ...kafka().clientConfig(),
        logLevel: logLevel.NOTHING,
      }).admin();
      await connected.connect();
    });
    afterAll(async () => {
      await connected?.disconnect();
      bundled?.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const admin = (): Admin => {
      if (connected === null) throw new Error('not connected');
      return connected;
    };

    const variables = (): Readonly<Record<string, string>> => ({
      BOOTSTRAP_SERVERS: kafka().bootstrap,
      BROKER_ADMIN_USER: kafka().admin.username,
      BROKER_ADMIN_PASSWORD: kafka().admin.password,
      BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      KAFKA_PASSWORD_ORDERS: 'o rd"ers é',
      KAFKA_PASSWORD_SHIPPING: 'shipping',
      KAFKA_PASSWORD_NOTIFICATION: 'notification',
    });
    const place = ['--broker', 'kafka', '--env', 'dev'] as const;
    const cli = async (
      command: string,
      argv: readonly string[] = [],
      file = spec,
    ): Promise<CliResult> =>
      runCli([command, file, ...place, ...argv], variables());
    const told = async (file = spec): Promise<ToldPlan> =>
      readPlan(await cli('plan', ['--format', 'json'], file));
    const login = async (password: string): Promise<void> => {
      const client = new Client({
        ...kafka().clientConfig({ username: 'orders', password }),
        logLevel: logLevel.NOTHING,
        retry: { retries: 0 },
      }).admin();
      await client.connect();
      await client.disconnect();
    };
    const publish = async (values: readonly string[]): Promise<void> => {
      const producer = new Client({
        ...kafka().clientConfig(),
        logLevel: logLevel.NOTHING,
      }).producer();
      await producer.connect();
      for (const value of values)
        await producer.send({
          topic: 'order',
          messages: [{ key: 'o-1', value }],
        });
      await producer.disconnect();
    };
    const oldest = async (): Promise<number> =>
      Math.max(
        ...(await admin().fetchTopicOffsets('order')).map(({ low }) =>
          Number(low),
        ),
      );
    const settingsOf = async (
      topic: string,
    ): Promise<Readonly<Record<string, string>>> => {
      const { resources } = await admin().describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
      });
      return Object.fromEntries(
        (resources[0]?.configEntries ?? [])
          .filter((entry) => entry.configSource === ConfigSource.TOPIC_CONFIG)
          .map((entry) => [entry.configName, entry.configValue]),
      );
    };
    const tool = async (
      name: string,
      ...args: readonly string[]
    ): Promise<string> => {
      const login = [
        '--bootstrap-server',
        kafka().bootstrap,
        '--command-config',
        kafka().writeClientProperties(),
      ];
      const result = await kafka().tools.run(name, [...login, ...args]);
      expect(result).toMatchObject({ code: 0 });
      return result.stdout;
    };

    it('plans everything on an empty cluster, and changes nothing', async () => {
      const first = await cli('plan');
      expect(first).toMatchObject({ code: 1, err: '' });
      expect(first.out).toContain('+ create topic order ');
      expect(first.out).toContain('+ create user orders ');
      expect(first.out).toContain('KAFKA_PASSWORD_ORDERS_EXPORTER');
      expect(first.out).toContain('0 as the spec says');
      expect(await admin().listTopics()).toEqual([]);
    });

    it('does not apply without a terminal or --yes', async () => {
      const silent = await cli('apply');
      expect(silent).toMatchObject({ code: 2 });
      expect(silent.err).toContain('--yes');
      expect(await admin().listTopics()).toEqual([]);
    });

    it('goes on where a killed run stopped, and no state in between can lose a message', async () => {
      const lines: (readonly string[])[] = [];
      for (const word of ['created topic', 'created user', 'created acl']) {
        const child = bundled?.start(
          ['apply', spec, ...place, '--yes'],
          variables(),
        );
        if (child === undefined) throw new Error('not bundled');
        lines.push(await killAfter(child, word, 1));
        const topics = await admin().listTopics();
        // A channel is there only when the dead letters of its readers are.
        if (topics.includes('order'))
          expect(topics).toContain('order.notification.order.dlt');
      }
      const done = await cli('apply', ['--yes', '--format', 'json']);
      expect(done).toMatchObject({ code: 0, err: '' });
      const { steps = [], differences } = readPlan(done);
      expect(differences).toEqual([]);
      const before = new Set(lines.flat());
      expect(steps.filter((step) => before.has(step))).toEqual([]);
    }, 300_000);

    it('finds nothing to do the second time', async () => {
      expect(await cli('plan')).toMatchObject({ code: 0, err: '' });
      const again = await cli('apply', ['--yes', '--format', 'json']);
      expect(again.code).toBe(0);
      expect(readPlan(again)).toMatchObject({
        steps: [],
        differences: [],
      });
    });

    it('makes users who can log in with the password of their variable, and with no other', async () => {
      await login('o rd"ers é');
      await expect(login('orders')).rejects.toThrow(/authentication/i);
    });

    it('names one setting changed by hand, repairs it alone, and leaves what the spec does not name', async () => {
      const wanted = await settingsOf('order');
      await tool(
        'kafka-configs.sh',
        '--alter',
        '--entity-type',
        'topics',
        '--entity-name',
        'order',
        '--add-config',
        'retention.ms=1000,compression.type=zstd',
      );
      const plan = await told();
      expect(plan.differences).toMatchObject([
        {
          action: 'change',
          kind: 'topic',
          name: 'order',
          settings: [{ key: 'retention.ms', live: '1000' }],
        },
      ]);
      const applied = await cli('apply', ['--yes', '--format', 'json']);
      expect(readPlan(applied)).toMatchObject({
        steps: ['changed topic order'],
        differences: [],
      });
      expect(await settingsOf('order')).toEqual({
        ...wanted,
        'compression.type': 'zstd',
      });
    });

    it('brings a retention into force: what is older is deleted', async () => {
      const short = rewritten('short.yaml', /retention: 30d/, 'retention: 2s');
      expect((await cli('apply', ['--yes'], short)).code).toBe(0);
      // Only whole segments go, and the smallest that Kafka 4 takes is 1 MiB; the spec does not name this setting.
      await tool(
        'kafka-configs.sh',
        '--alter',
        '--entity-type',
        'topics',
        '--entity-name',
        'order',
        '--add-config',
        'segment.bytes=1048576',
      );
      await publish(Array.from({ length: 8 }, () => 'x'.repeat(400_000)));
      await expect.poll(oldest, { timeout: 90_000 }).toBeGreaterThan(0);
      expect((await cli('apply', ['--yes'])).code).toBe(0);
      expect((await told()).differences).toEqual([]);
    }, 300_000);

    it('repairs a quota and a right that were taken away by hand', async () => {
      await tool(
        'kafka-configs.sh',
        '--alter',
        '--entity-type',
        'users',
        '--entity-name',
        'notification',
        '--add-config',
        'consumer_byte_rate=1',
      );
      await tool(
        'kafka-acls.sh',
        '--remove',
        '--force',
        '--allow-principal',
        'User:notification',
        '--operation',
        'Read',
        '--group',
        'notification.order',
      );
      expect(differencesOf(await told()).toSorted()).toEqual([
        'change quota/notification',
        'create acl/notification Read group literal notification.order',
      ]);
      expect((await cli('apply', ['--yes'])).code).toBe(0);
      expect((await told()).differences).toEqual([]);
    });

    it('warns that growing partitions moves keys, and grows them', async () => {
      const grown = rewritten('grown.yaml', /partitions: 3/, 'partitions: 6');
      const plan = await cli('plan', [], grown);
      expect(plan.out).toContain('partitions: 3 -> 6');
      expect(plan.out).toContain('More partitions move keys');
      expect((await cli('apply', ['--yes'], grown)).code).toBe(0);
      expect((await told(grown)).differences).toEqual([]);
    });

    it('says what cannot be changed in place, and makes it anew only when told', async () => {
      const plan = await cli('plan');
      expect(plan.out).toContain('! cannot change in place topic order\n');
      expect(plan.out).toContain('Partitions cannot be taken away');
      expect((await cli('apply', ['--yes'])).code).toBe(1);
      const blocked = differencesOf(await told());
      expect(blocked).toContain('cannot-change topic/order');
      const removals = blocked.flatMap((line) => [
        '--delete',
        line.split(' ')[1] ?? '',
      ]);
      await publish(['a', 'b', 'c']);
      const held = (await admin().fetchTopicOffsets('order'))
        .map(({ high, low }) => Number(high) - Number(low))
        .reduce((sum, one) => sum + one, 0);
      expect(held).toBeGreaterThanOrEqual(3);
      expect((await cli('plan')).out).toContain(`it holds ${held} messages`);
      const refused = await cli('apply', ['--yes', ...removals]);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toContain(`"topic/order" holds ${held} messages`);
      expect(refused.err).toContain('--force');
      const remade = await cli('apply', ['--yes', '--force', ...removals]);
      expect(remade).toMatchObject({ code: 0, err: '' });
      expect(remade.out).toContain(`deleted topic order with ${held} messages`);
      expect((await told()).differences).toEqual([]);
    });

    it('leaves what the spec has dropped until it is named, and what is not its own for good', async () => {
      await admin().createTopics({
        topics: [{ topic: 'partner', numPartitions: 1 }],
      });
      await tool(
        'kafka-acls.sh',
        '--add',
        '--allow-principal',
        'User:partner',
        '--operation',
        'Read',
        '--topic',
        'order',
      );
      await tool(
        'kafka-acls.sh',
        '--add',
        '--deny-principal',
        'User:orders',
        '--deny-host',
        '10.0.0.1',
        '--operation',
        'Write',
        '--topic',
        'order',
      );
      const smaller = rewritten(
        'smaller.yaml',
        / {2}notification:\n(?: {4}.*\n)+/,
        '',
      );
      const plan = await told(smaller);
      const extras = differencesOf(plan).filter((line) =>
        line.startsWith('extra'),
      );
      expect(extras).toContain('extra topic/order.notification.order.dlt');
      expect(extras).toContain(
        'extra acl/orders Write topic literal order from 10.0.0.1 denied',
      );
      expect(plan.foreign).toEqual(
        expect.arrayContaining(['topic/partner', 'user/notification']),
      );
      const strangers = differencesOf(plan).filter((line) =>
        line.startsWith('stranger'),
      );
      const ofPartner = 'stranger acl/partner Read topic literal order';
      expect(strangers).toContain(ofPartner);
      expect(strangers).toContain(
        'stranger acl/notification Read topic literal order',
      );
      const refused = await cli(
        'apply',
        ['--yes', '--delete', 'topic/partner'],
        smaller,
      );
      expect(refused).toMatchObject({ code: 2 });
      expect(refused.err).toContain('not of this design');

      expect((await cli('apply', ['--yes'], smaller)).code).toBe(1);
      expect(await admin().listTopics()).toContain(
        'order.notification.order.dlt',
      );
      const removals = [...extras, ...strangers]
        .filter((line) => line !== ofPartner)
        .map((line) => line.slice(line.indexOf(' ') + 1))
        .flatMap((one) => ['--delete', one]);
      const removed = await cli('apply', ['--yes', ...removals], smaller);
      // The partner's right is left, as plan tells it.
      expect(removed).toMatchObject({ code: 1, err: '' });
      expect(differencesOf(await told(smaller))).toEqual([ofPartner]);
      const allowing = rewritten(
        'allowing.yaml',
        /^broker: .*$/m,
        'broker: { kind: kafka, options: { alsoAllowed: [partner] } }',
        smaller,
      );
      expect((await told(allowing)).differences).toEqual([]);
      const left = await admin().listTopics();
      expect(left).not.toContain('order.notification.order.dlt');
      expect(left).toContain('partner');
      expect(await tool('kafka-acls.sh', '--list')).toContain('User:partner');
    });
  },
  {
    isPrivate: true,
    options: { properties: { 'log.retention.check.interval.ms': '300' } },
  },
);
