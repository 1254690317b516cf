// The README's way to a broker on one's own machine, word for word, on the oldest and the newest Kafka of the harness.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithKafkaFiles } from '../../testing/brokers/describe-with-broker.ts';
import { newestKafka, oldestKafka } from '../../testing/brokers/kafka-files.ts';
import type { ToolResult } from '../../testing/brokers/kafka-tools.ts';
import {
  readVariables,
  startComposedKafka,
  type ComposedKafka,
} from '../../testing/composed-kafka.ts';
import { runCli } from '../../testing/cli-run.ts';
import { checkText, modelOf } from '../../testing/load-model.ts';
import { commandsUnder } from '../../testing/readme-commands.ts';
import { writeKafkaFolder } from '../../testing/write-kafka-folder.ts';

const specOf = (version: string): string => `eventArch: 1
name: Hello
broker: { kind: kafka, version: "${version}" }
environments: { prod: { replication: 3 } }
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created] }
consumers: { inventory: [order.created] }
`;

const passwordOf = (
  env: Readonly<Record<string, string>>,
  user: string,
): string => env[`KAFKA_PASSWORD_${user}`] ?? '';

for (const version of [oldestKafka(), newestKafka()])
  describeWithKafkaFiles(`compose/ on Kafka ${version}`, version, () => {
    const root = mkdtempSync(join(tmpdir(), 'kafka-compose-'));
    const minor = version.split('.').slice(0, 2).join('.');
    const folder = writeKafkaFolder(modelOf(checkText(specOf(minor))), root);
    let composed: ComposedKafka | null = null;
    const kafka = (): ComposedKafka => {
      if (composed === null) throw new Error('not started');
      return composed;
    };
    afterAll(async () => {
      await composed?.close();
      rmSync(root, { recursive: true });
    });
    it('starts and is set up by the commands of the README', async () => {
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      const commands = commandsUnder(readme, 'On your machine');
      expect(commands).toEqual([
        'cd compose',
        'sh ../scripts/passwords.sh .env',
        'docker compose up --wait kafka',
        'docker compose up kafka-init',
      ]);
      const [go = '', passwords = ''] = commands;
      execFileSync('sh', ['-c', `${go} && ${passwords}`], { cwd: folder });
      composed = await startComposedKafka(folder, version);
      await kafka().waitHealthy();
      const init = await kafka().init();
      expect(init).toMatchObject({ code: 0, stderr: '' });
      expect(init.stdout).toContain('create topic order.created\n');
      expect(await kafka().init()).toEqual({
        code: 0,
        stderr: '',
        stdout:
          'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n',
      });
    });

    it('lets services publish and consume from this machine, each with its own file', async () => {
      const text = readFileSync(join(folder, 'compose', '.env'), 'utf8');
      const env = {
        ...readVariables(text),
        BOOTSTRAP_SERVERS: kafka().host,
        BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      };
      const client = (name: string): readonly string[] => [
        '--bootstrap-server',
        kafka().host,
        '--topic',
        'order.created',
        '--command-config',
        join(folder, 'clients', name),
      ];
      const sent: ToolResult = await kafka().tools.run(
        'kafka-console-producer.sh',
        client('orders/producer.properties'),
        { env, input: 'hello\n' },
      );
      expect(sent).toMatchObject({ code: 0 });
      const read = await kafka().tools.run(
        'kafka-console-consumer.sh',
        [
          ...client('inventory/inventory.order.created.consumer.properties'),
          ...['--from-beginning', '--max-messages', '1'],
          ...['--timeout-ms', '30000'],
        ],
        { env },
      );
      expect(read).toMatchObject({ code: 0, stdout: 'hello\n' });
    });

    it('is as the spec wants it, though the spec knows only an environment of three copies', async () => {
      const spec = join(root, 'spec.yaml');
      writeFileSync(spec, specOf(minor));
      const env = readVariables(
        readFileSync(join(folder, 'compose', '.env'), 'utf8'),
      );
      const place = ['--env', 'one-node', '--url', kafka().host];
      const plan = await runCli(['plan', spec, ...place], env);
      expect(plan, plan.out).toMatchObject({ code: 0, err: '' });
    });

    // Debian's librdkafka is 2.0, whose SCRAM newer brokers refuse; it knows every name of the file or ends.
    it.runIf(version === oldestKafka())(
      'is used by a client on librdkafka',
      () => {
        const env = {
          PATH: process.env['PATH'] ?? '',
          ...readVariables(
            readFileSync(join(folder, 'compose', '.env'), 'utf8'),
          ),
        };
        const kcat = (user: string, name: string, ...args: string[]): string =>
          execFileSync(
            'kcat',
            [
              ...['-F', join(folder, 'clients', name)],
              ...['-b', kafka().host],
              ...['-X', 'security.protocol=SASL_PLAINTEXT'],
              ...['-X', `sasl.password=${passwordOf(env, user)}`],
              ...args,
            ],
            { env, input: 'order 1\n', encoding: 'utf8' },
          );
        kcat(
          'ORDERS',
          'orders/producer.librdkafka.properties',
          ...['-P', '-t', 'order.created', '-k', 'o-1'],
        );
        const read = kcat(
          'INVENTORY',
          'inventory/inventory.order.created.consumer.librdkafka.properties',
          ...['-C', '-t', 'order.created', '-o', 'beginning', '-e', '-q'],
        );
        expect(read).toContain('order 1\n');
      },
    );
  });
