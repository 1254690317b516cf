import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { startKafka } from '../../testing/brokers/kafka.ts';
import { reservePorts } from '../../testing/brokers/reserve-ports.ts';
import { shopModel } from '../../testing/shop-model.ts';
import { writeKafkaFolder } from '../../testing/write-kafka-folder.ts';
import { brokerProperties, variableOf } from './compose-file.ts';

it('writes a property as the image reads it', () => {
  expect(variableOf('listener.name.host.scram-sha-512.sasl.jaas.config')).toBe(
    'KAFKA_LISTENER_NAME_HOST_SCRAM___SHA___512_SASL_JAAS_CONFIG',
  );
});

const password = 'a0b1c2d3';
const passwords = Object.fromEntries(
  [
    'ORDER_SERVICE',
    'INVENTORY_SERVICE',
    'SHIPPING_SERVICE',
    'NOTIFICATION_SERVICE',
    'KAFKA_OPERATOR',
    'KAFKA_EXPORTER',
  ].map((name) => [`KAFKA_PASSWORD_${name}`, password]),
);

// The broker of compose.yaml without its container: the same properties, on loopback ports and a private folder.
describeWithBroker(
  'kafka',
  'the broker of compose.yaml',
  () => {
    it('starts, passes its health check, and lets the scripts set it up by PLAIN', async () => {
      const reservation = await reservePorts(3);
      const [inside = 0, host = 0, controller = 0] = reservation.ports;
      const resolved = Object.entries(brokerProperties('SCRAM-SHA-512'))
        .filter(([key]) => key !== 'log.dirs')
        .map(([key, value]) => [
          key,
          value
            .replaceAll(/\$\{BROKER_ADMIN_PASSWORD[^}]*\}/g, password)
            .replaceAll('kafka:19092', `127.0.0.1:${inside}`)
            .replaceAll('INSIDE://:19092', `INSIDE://127.0.0.1:${inside}`)
            .replaceAll('HOST://:9092', `HOST://127.0.0.1:${host}`)
            .replaceAll('localhost:9092', `127.0.0.1:${host}`)
            .replaceAll('localhost:9093', `127.0.0.1:${controller}`),
        ]);
      const kafka = await startKafka({
        properties: Object.fromEntries(resolved),
      });
      const folder = mkdtempSync(join(tmpdir(), 'kafka-compose-'));
      try {
        const path = writeKafkaFolder(shopModel(), folder);
        const adminProperties = join(path, 'compose', 'admin.properties');
        const env = {
          ...passwords,
          BROKER_ADMIN_PASSWORD: password,
          BOOTSTRAP_SERVERS: `127.0.0.1:${inside}`,
          BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
          COMMAND_CONFIG: adminProperties,
          KAFKA_TOOLS_COLD: '1',
        };
        const health = await kafka.tools.run(
          'kafka-broker-api-versions.sh',
          [
            '--bootstrap-server',
            `127.0.0.1:${inside}`,
            '--command-config',
            adminProperties,
          ],
          { env },
        );
        expect(health.code, health.stderr).toBe(0);
        // The tools' warm JVM has an environment of its own, so it gets the same properties with the password in them.
        const literal = join(folder, 'admin.properties');
        const text = readFileSync(adminProperties, 'utf8').replaceAll(
          /\$\{env:(\w+)\}/g,
          (_, name: string) => (env as Record<string, string>)[name] ?? '',
        );
        writeFileSync(literal, text, { mode: 0o600 });
        const warm = { ...env, KAFKA_TOOLS_COLD: '', COMMAND_CONFIG: literal };
        const apply = [
          join(path, 'scripts', 'apply.sh'),
          join(path, 'compose', 'one-node.env'),
        ];
        const set = await kafka.tools.run('sh', apply, { env: warm });
        expect(set).toMatchObject({ code: 0, stderr: '' });
        expect(set.stdout).toContain('create topic order\n');
        const again = await kafka.tools.run('sh', apply, { env: warm });
        expect(again.stdout).toBe(
          'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n',
        );
      } finally {
        rmSync(folder, { recursive: true });
        await kafka.close();
        reservation.release();
      }
    }, 300_000);
  },
  { isPrivate: true },
);
