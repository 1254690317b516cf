// `plan` against brokers that speak TLS with a certificate of an authority that nobody knows but the test.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBroker } from '../testing/brokers/describe-with-broker.ts';
import { startKafka, type Kafka } from '../testing/brokers/kafka.ts';
import {
  onInstalledRabbitmq,
  rabbitmqRelease,
} from '../testing/brokers/rabbitmq-installation.ts';
import { startRabbitmq, type Rabbitmq } from '../testing/brokers/rabbitmq.ts';
import {
  reservePorts,
  type PortReservation,
} from '../testing/brokers/reserve-ports.ts';
import {
  makeCertificates,
  type Certificates,
} from '../testing/certificates.ts';
import {
  bundleCli,
  type BundledCli,
  type CliResult,
} from '../testing/cli-run.ts';
import { fixturePath, readFixture } from '../testing/load-model.ts';
import { ordersModel } from '../testing/orders-model.ts';
import { writeRabbitmqFolder } from '../testing/rabbitmq-folder.ts';

const ended = async (
  child: ReturnType<BundledCli['start']>,
): Promise<CliResult> =>
  new Promise((resolve) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.once('close', (code) => resolve({ code: code ?? -1, out, err }));
  });

// Says `ok` when a client of amqplib gets in.
const amqpClient = `
  const { connect } = require('amqplib');
  connect(process.env.BROKER).then(async (c) => { await c.close(); console.log('ok'); }, (e) => { console.log(e.message); });
`;

describeWithBroker(
  'rabbitmq',
  'a RabbitMQ that speaks TLS',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'event-arch-tls-'));
    const spec = join(folder, 'spec.yaml');
    writeFileSync(
      spec,
      onInstalledRabbitmq(readFixture('apply', 'orders.yaml')),
    );
    const orders = writeRabbitmqFolder(ordersModel(rabbitmqRelease()));
    const page = readFileSync(join(orders.path, 'README.md'), 'utf8');
    const tlsBlock = /^```ini\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
    let made: Certificates | null = null;
    let ports: PortReservation | null = null;
    let server: Rabbitmq | null = null;
    let bundled: BundledCli | null = null;
    beforeAll(async () => {
      made = makeCertificates(folder);
      ports = await reservePorts(2);
      bundled = await bundleCli();
      const [amqps = 0, https = 0] = ports.ports;
      // As the page says it, with the ports and the paths of this run.
      server = await startRabbitmq({
        tlsPort: amqps,
        conf: tlsBlock
          .replaceAll('/etc/rabbitmq/tls/ca.pem', made.authority)
          .replaceAll('/etc/rabbitmq/tls/certificate.pem', made.certificate)
          .replaceAll('/etc/rabbitmq/tls/key.pem', made.key)
          .replace('15671', String(https))
          .replace('5671', String(amqps)),
      });
    }, 300_000);
    afterAll(async () => {
      await server?.close();
      ports?.release();
      bundled?.remove();
      orders.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const plan = async (
      env: Readonly<Record<string, string>>,
      more: readonly string[] = [],
    ): Promise<CliResult> => {
      const child = bundled?.start(['plan', spec, '--env', 'dev', ...more], {
        RABBITMQ_URL: `https://127.0.0.1:${String(ports?.ports[1])}`,
        RABBITMQ_ADMIN_USER: server?.admin.username ?? '',
        RABBITMQ_ADMIN_PASSWORD: server?.admin.password ?? '',
        ...env,
      });
      if (child === undefined) throw new Error('not bundled');
      return ended(child);
    };

    it('is planned against over https when its authority is trusted, and refused in words otherwise', async () => {
      const trusted = await plan({
        NODE_EXTRA_CA_CERTS: made?.authority ?? '',
      });
      expect(trusted).toMatchObject({ code: 1, err: '' });
      expect(trusted.out).toContain('+ create vhost orders');
      const stranger = await plan({});
      expect(stranger.code).toBe(2);
      expect(stranger.err).toMatch(/cannot reach https:.*certificate/);
      expect(stranger.err).toContain('--ca or in NODE_EXTRA_CA_CERTS');
    }, 300_000);

    it('is planned against when --ca names its authority, and no other authority will do', async () => {
      expect(await plan({}, ['--ca', made?.authority ?? ''])).toMatchObject({
        code: 1,
        err: '',
      });
      const strange = mkdtempSync(join(folder, 'other-'));
      const stranger = makeCertificates(strange);
      const other = await plan({}, ['--ca', stranger.authority]);
      expect(other.code).toBe(2);
      expect(other.err).toMatch(/cannot reach https:.*certificate/);
      const key = await plan({}, ['--ca', made?.key ?? '']);
      expect(key.code).toBe(2);
      expect(key.err).toContain('holds no certificate');
      const gone = await plan({}, ['--ca', join(folder, 'gone.pem')]);
      expect(gone.err).toContain('cannot read the authorities in');
    }, 300_000);

    it('takes the script over https, by the authority that CURL_CA_BUNDLE names, and refuses it otherwise', async () => {
      if (server === null) throw new Error('not started');
      const url = `https://127.0.0.1:${String(ports?.ports[1])}`;
      const stranger = await orders.apply(server, { RABBITMQ_URL: url });
      expect(stranger).toMatchObject({ code: 1 });
      expect(stranger.stderr).toContain('does not answer');
      expect(
        await orders.apply(server, {
          RABBITMQ_URL: url,
          CURL_CA_BUNDLE: made?.authority ?? '',
        }),
      ).toMatchObject({ code: 0, stderr: '' });
    }, 300_000);

    it('takes no connection that is not encrypted', async () => {
      await expect(connect(server?.amqpUrl() ?? '')).rejects.toThrow(
        'ECONNREFUSED',
      );
    });

    it('lets a client in over amqps on the same condition', async () => {
      const address = server
        ?.amqpUrl()
        .replace(/^amqp:/, 'amqps:')
        .replace(/@[^/]+/, `@127.0.0.1:${String(ports?.ports[0])}`);
      const client = async (
        env: Readonly<Record<string, string>>,
      ): Promise<string> => {
        const child = spawn(process.execPath, ['-e', amqpClient], {
          env: {
            PATH: process.env['PATH'] ?? '',
            BROKER: address ?? '',
            ...env,
          },
        });
        return (await ended(child)).out.trim();
      };
      expect(await client({ NODE_EXTRA_CA_CERTS: made?.authority ?? '' })).toBe(
        'ok',
      );
      expect(await client({})).toMatch(/certificate/);
    }, 300_000);
  },
  { isPrivate: true },
);

describeWithBroker(
  'kafka',
  'a Kafka that speaks TLS',
  () => {
    const spec = fixturePath('apply', 'orders.yaml');
    const folder = mkdtempSync(join(tmpdir(), 'event-arch-tls-'));
    let made: Certificates | null = null;
    let kafka: Kafka | null = null;
    let bundled: BundledCli | null = null;
    beforeAll(async () => {
      made = makeCertificates(folder);
      bundled = await bundleCli();
      kafka = await startKafka({
        properties: {
          'listener.security.protocol.map':
            'CLIENT:SASL_SSL,CONTROLLER:SASL_PLAINTEXT',
          'ssl.keystore.type': 'PEM',
          'ssl.keystore.location': made.store,
          'ssl.truststore.type': 'PEM',
          'ssl.truststore.location': made.authority,
        },
      });
    }, 300_000);
    afterAll(async () => {
      await kafka?.close();
      bundled?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is planned against when its authority is trusted, and refused in words otherwise', async () => {
      const plan = async (
        env: Readonly<Record<string, string>>,
        more: readonly string[] = [],
      ): Promise<CliResult> => {
        // The protocol is the spec's own: SASL_SSL.
        const child = bundled?.start(
          ['plan', spec, '--broker', 'kafka', '--env', 'dev', ...more],
          {
            BOOTSTRAP_SERVERS: kafka?.bootstrap ?? '',
            BROKER_ADMIN_USER: kafka?.admin.username ?? '',
            BROKER_ADMIN_PASSWORD: kafka?.admin.password ?? '',
            ...env,
          },
        );
        if (child === undefined) throw new Error('not bundled');
        return ended(child);
      };
      const trusted = await plan({
        NODE_EXTRA_CA_CERTS: made?.authority ?? '',
      });
      expect(trusted).toMatchObject({ code: 1, err: '' });
      expect(trusted.out).toContain('+ create topic order ');
      const stranger = await plan({});
      expect(stranger.code).toBe(2);
      expect(stranger.err).toMatch(/cannot reach Kafka .*certificate/);
      expect(stranger.err).toContain('NODE_EXTRA_CA_CERTS');
      expect(await plan({}, ['--ca', made?.authority ?? ''])).toEqual(trusted);
    }, 300_000);
  },
  { isPrivate: true },
);
