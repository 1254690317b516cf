// What people do with the folder of a running cluster, by the commands of its README: change the spec, rotate, look at
// dead letters, share the cluster, use a client that is not Java's.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import type { ToolResult } from '../../testing/brokers/kafka-tools.ts';
import {
  deployKafka,
  type KafkaDeployment,
} from '../../testing/kafka-deployment.ts';
import { checkText, modelOf } from '../../testing/load-model.ts';
import { commandsUnder } from '../../testing/readme-commands.ts';
import { writeKafkaFolder } from '../../testing/write-kafka-folder.ts';

const specOf = (name: string, rest: string): string => `eventArch: 1
name: ${name}
broker: { kind: kafka, version: "4.4" }
environments: { dev: { replication: 1 } }
${rest}`;
const shop = (more = ''): string =>
  specOf(
    'Shop',
    `events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created] }
consumers: { inventory: [order.created]${more} }
`,
  );
const billing = specOf(
  'Billing',
  `events:
  invoice.sent: { key: invoiceId, payload: { invoiceId: uuid } }
publishers: { accounts: [invoice.sent] }
consumers: { orders: [invoice.sent] }
`,
);
const nothing =
  'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n';

describeWithBroker(
  'kafka',
  'the folder of a running cluster',
  (kafka) => {
    const designs = {
      shop: deployKafka(modelOf(checkText(shop())), kafka),
      grown: deployKafka(
        modelOf(checkText(shop(', mail: [order.created]'))),
        kafka,
      ),
      billing: deployKafka(modelOf(checkText(billing)), kafka),
    };
    const design = (name: keyof typeof designs): KafkaDeployment =>
      designs[name]();
    const variables = (
      name: keyof typeof designs,
    ): Readonly<Record<string, string>> => ({
      ...design(name).passwords,
      BOOTSTRAP_SERVERS: kafka().bootstrap,
      BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
    });
    const tool = async (
      name: string,
      ...args: readonly string[]
    ): Promise<ToolResult> =>
      kafka().tools.run(name, [
        ...['--bootstrap-server', kafka().bootstrap],
        ...['--command-config', kafka().writeClientProperties()],
        ...args,
      ]);
    beforeAll(async () => {
      expect(await design('shop').script('apply.sh')).toMatchObject({
        code: 0,
        stderr: '',
      });
    });
    afterAll(() => Object.values(designs).forEach((one) => one().close()));

    it('makes the users and rights of a new service although a topic cannot be changed in place', async () => {
      const grow = ['--alter', '--topic', 'order.created', '--partitions', '9'];
      expect(await tool('kafka-topics.sh', ...grow)).toMatchObject({ code: 0 });
      const result = await design('grown').script('apply.sh');
      expect(result.code).toBe(1);
      expect(result.stderr).toContain('partitions cannot be taken away');
      expect(result.stderr).toContain('not everything could be done');
      expect(result.stdout).toContain('set user mail: password');
      expect(result.stdout).toContain('allow mail:');
      const again = await design('grown').script('apply.sh');
      expect(again).toMatchObject({
        code: 1,
        stdout: 'users: nothing to change\nacls: nothing to change\n',
      });
      expect(
        await tool('kafka-topics.sh', '--delete', '--topic', 'order.created'),
      ).toMatchObject({ code: 0 });
      await expect
        .poll(async () => (await design('grown').script('apply.sh')).code, {
          timeout: 60_000,
        })
        .toBe(0);
    });

    it('refuses to rotate the password of nobody, and an unknown word', async () => {
      const rotated = await design('shop').script(
        'users.sh',
        '--rotate',
        'nobody',
      );
      expect(rotated).toMatchObject({ code: 2, stdout: '' });
      expect(rotated.stderr).toContain(
        '--rotate nobody: users.conf has no such user',
      );
      expect(
        await design('shop').script('users.sh', '--rotate', 'orders'),
      ).toMatchObject({
        code: 0,
        stdout: 'set user orders: password\n',
      });
      expect(await design('shop').script('apply.sh', '--rotat')).toMatchObject({
        code: 2,
      });
    });

    it('finds nothing to change for two designs that name one service, and offers no command against the other', async () => {
      expect(await design('billing').script('apply.sh')).toMatchObject({
        code: 0,
        stderr: '',
      });
      for (const [name, other] of [
        ['grown', 'Billing'],
        ['billing', 'Shop'],
      ] as const) {
        const { code, stdout, stderr } = await design(name).script('apply.sh');
        expect([other, code, stderr]).toEqual([other, 0, '']);
        expect(stdout.replace(/^left: .*\n/m, '')).toBe(nothing);
        expect(stdout).toMatch(
          /^left: rights of orders that are not of this design: \d+$/m,
        );
      }
    });

    it('offers the command against a right too many on a topic of its own, and it is right', async () => {
      const right = [
        '--allow-principal',
        'User:orders',
        '--operation',
        'Read',
        '--topic',
        'order.created',
      ];
      await tool('kafka-acls.sh', '--add', ...right);
      const { stderr } = await design('grown').script('acls.sh');
      const [told = '', command = ''] = stderr.trim().split('\n');
      expect(told).toBe(
        'beyond the design: orders may Read topic order.created (literal). To take it away:',
      );
      const taken = await kafka().tools.run(
        'sh',
        ['-c', command.replace('--remove', '--remove --force')],
        {
          env: {
            BOOTSTRAP_SERVERS: kafka().bootstrap,
            COMMAND_CONFIG: kafka().writeClientProperties(),
          },
        },
      );
      expect(taken).toMatchObject({ code: 0 });
      expect((await design('grown').script('acls.sh')).stderr).toBe('');
    });

    it('shows a dead letter to people by the command of the README', async () => {
      const topic = 'order.created.inventory.order.created.dlt';
      const producer = design('shop').clientOf('inventory').producer();
      await producer.connect();
      await producer.send({
        topic,
        messages: [
          {
            key: 'o-1',
            value: 'poison',
            headers: { reason: 'no such article' },
          },
        ],
      });
      await producer.disconnect();
      const { folder } = design('grown');
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      const command = commandsUnder(readme, 'When a dead letter arrives').join(
        '\n',
      );
      const shown = await kafka().tools.run(
        'sh',
        ['-c', command.replace('TOPIC.GROUP.dlt', topic)],
        {
          cwd: folder,
          env: variables('shop'),
        },
      );
      expect(shown.stdout).toBe('reason:no such article\to-1\tpoison\n');
    });
  },
  { isPrivate: true },
);

describe('passwords.sh', () => {
  const root = mkdtempSync(join(tmpdir(), 'kafka-passwords-'));
  const folder = writeKafkaFolder(modelOf(checkText(shop())), root);
  const script = join(folder, 'scripts', 'passwords.sh');
  afterAll(() => rmSync(root, { recursive: true }));

  it('keeps what the environment and the file have, and makes a file that only its owner reads', () => {
    const file = join(root, 'kept.env');
    writeFileSync(file, 'KAFKA_PASSWORD_ORDERS=kept\n', { mode: 0o644 });
    const env = {
      PATH: process.env['PATH'] ?? '',
      BROKER_ADMIN_PASSWORD: 'given',
    };
    execFileSync('sh', [script, file], { env });
    const made = readFileSync(file, 'utf8');
    expect(made.split('\n').map((line) => line.split('=')[0])).toEqual([
      'KAFKA_PASSWORD_ORDERS',
      'KAFKA_PASSWORD_INVENTORY',
      'KAFKA_PASSWORD_SHOP_OPERATOR',
      'KAFKA_PASSWORD_SHOP_EXPORTER',
      '',
    ]);
    expect(made).toContain('KAFKA_PASSWORD_ORDERS=kept\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    execFileSync('sh', [script, file], { env });
    expect(readFileSync(file, 'utf8')).toBe(made);
  });

  it('says what program is missing, and makes nothing', () => {
    const file = join(root, 'none.env');
    const { status, stderr } = spawnSync('/bin/sh', [script, file], {
      env: { PATH: join(root, 'empty') },
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('awk is needed and not installed');
    expect(() => statSync(file)).toThrow();
  });
});
