// What the version and the features of a running cluster mean for apply.sh and for the command.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { minorOf } from '../../brokers/kafka/versions.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { runCli, type CliResult } from '../../testing/cli-run.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';
import { checkText, modelOf } from '../../testing/load-model.ts';

const specOf = (version: string, options: string): string => `eventArch: 1
name: Shop
broker: { kind: kafka, version: "${version}", options: ${options} }
environments: { dev: { replication: 1 } }
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created] }
consumers: { stock: [order.created] }
`;
const consumer = '{ groupProtocol: consumer, client: platformatic }';
const folder = mkdtempSync(join(tmpdir(), 'event-arch-version-'));

describeWithBroker(
  'kafka',
  'the version of a running cluster',
  (kafka) => {
    const deployment = deployKafka(
      modelOf(checkText(specOf('4.3', consumer))),
      kafka,
    );
    const older = deployKafka(
      modelOf(checkText(specOf('4.0', consumer))),
      () => ({ ...kafka(), version: '4.0' }),
    );
    afterAll(() => {
      deployment().close();
      older().close();
      rmSync(folder, { recursive: true });
    });
    const running = (): string => minorOf(kafka().version ?? '');
    const cli = async (
      command: string,
      version: string,
    ): Promise<CliResult> => {
      const file = join(folder, `${version}.yaml`);
      writeFileSync(file, specOf(version, consumer));
      return runCli(
        [
          command,
          file,
          '--env',
          'dev',
          ...(command === 'apply' ? ['--yes'] : []),
        ],
        {
          ...deployment().passwords,
          BOOTSTRAP_SERVERS: kafka().bootstrap,
          BROKER_ADMIN_USER: kafka().admin.username,
          BROKER_ADMIN_PASSWORD: kafka().admin.password,
          BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
        },
      );
    };
    const features = async (...args: readonly string[]): Promise<string> => {
      const result = await kafka().tools.run('kafka-features.sh', [
        ...['--bootstrap-server', kafka().bootstrap],
        ...['--command-config', kafka().writeClientProperties()],
        ...args,
      ]);
      expect(result).toMatchObject({ code: 0 });
      return result.stdout;
    };
    const topics = async (): Promise<readonly string[]> => {
      const admin = deployment().clientOf(null).admin();
      await admin.connect();
      try {
        return await admin.listTopics();
      } finally {
        await admin.disconnect();
      }
    };

    it('keeps both from the first change while a feature that is needed is off', async () => {
      // kafkajs reads the admin's own file; the design's users do not exist yet.
      await features('downgrade', '--feature', 'group.version=0');
      const script = await deployment().script('apply.sh');
      expect(script).toMatchObject({ code: 2, stdout: '' });
      expect(script.stderr).toContain(
        `broker.options.groupProtocol: consumer needs the features of Kafka 4.0, and this cluster (Kafka ${running()}) has group.version at level 0`,
      );
      const command = await cli('apply', running());
      expect(command.code).toBe(2);
      expect(command.err).toContain(
        `needs the features of Kafka 4.0, and this cluster (Kafka ${running()}) has group.version at level 0`,
      );
      expect(await topics()).toEqual([]);
    });

    it('is told by both where the design is for another, and stops neither', async () => {
      await features('upgrade', '--feature', 'group.version=1');
      const script = await older().script('apply.sh', '--dry-run');
      expect(script.code).toBe(0);
      expect(script.stderr).toContain(
        `warning: the design is for Kafka 4.0, and this is ${running()}: set broker.version in the spec`,
      );
      const command = await cli('plan', '4.0');
      expect(command.out + command.err).toContain(
        `The design is for Kafka 4.0, and this is ${running()}: set broker.version to what runs.`,
      );
      expect(await topics()).toEqual([]);
    });

    it('is no matter where the design is for it', async () => {
      expect(await deployment().script('apply.sh')).toMatchObject({
        code: 0,
        stderr: '',
      });
      const plan = await cli('plan', running());
      expect(plan.code).toBe(0);
      expect(plan.out + plan.err).toContain(`Kafka ${running()} at `);
      expect(plan.out + plan.err).not.toContain('The design is for');
    });
  },
  { isPrivate: true },
);
