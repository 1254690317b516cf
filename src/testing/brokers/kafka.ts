// An Apache Kafka broker for tests: a private node in KRaft mode, or the one that KAFKA_BOOTSTRAP names.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessTo, type KafkaAccess } from './kafka-access.ts';
import {
  findKafka,
  type KafkaInstallation,
  type KafkaOptions,
  serverProperties,
} from './kafka-files.ts';
import { formatKafkaStorage, startKafkaNode } from './kafka-node.ts';
import { type KafkaTools, startKafkaTools } from './kafka-tools.ts';
import { createPrivateFolder } from './private-folder.ts';
import { reservePorts } from './reserve-ports.ts';

/** A running Kafka. */
export interface Kafka extends KafkaAccess {
  readonly origin: 'private' | 'given';
  /** Version of the broker's artifacts; null for a given broker. */
  readonly version: string | null;
  /** The stock command-line tools. */
  readonly tools: KafkaTools;
  /** Id of the server process; null for a given broker. */
  readonly pid: () => number | null;
  /** Stops in order and keeps the data. Throws for a given broker. */
  readonly stop: () => Promise<void>;
  /** Kills by SIGKILL and keeps the data. Throws for a given broker. */
  readonly kill9: () => Promise<void>;
  /** Starts again on the same ports and data; stops first if running. Throws for a given broker. */
  readonly restart: () => Promise<void>;
  /** Stops and deletes everything. */
  readonly close: () => Promise<void>;
}

const refuse = async (): Promise<never> =>
  Promise.reject(
    new Error('the broker of KAFKA_BOOTSTRAP is not ours to stop'),
  );

const startGivenKafka = async (
  bootstrap: string,
  installation: KafkaInstallation,
): Promise<Kafka> => {
  const admin = {
    username: process.env['KAFKA_USERNAME'] ?? 'admin',
    password: process.env['KAFKA_PASSWORD'] ?? '',
  };
  const reservation = await reservePorts(1);
  const folder = createPrivateFolder('kafka');
  const close = async (): Promise<void> => {
    await folder.close();
    reservation.release();
  };
  try {
    return {
      origin: 'given',
      version: null,
      ...accessTo(bootstrap, admin, folder.path),
      tools: await startKafkaTools(folder, installation, {
        port: reservation.ports[0] ?? 0,
      }),
      pid: () => null,
      stop: refuse,
      kill9: refuse,
      restart: refuse,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const startPrivateKafka = async (
  installation: KafkaInstallation,
  options: KafkaOptions,
): Promise<Kafka> => {
  const reservation = await reservePorts(3);
  const [client = 0, controller = 0, toolPort = 0] = reservation.ports;
  const admin = {
    username: 'admin',
    password: randomBytes(12).toString('hex'),
  };
  const folder = createPrivateFolder('kafka');
  const clusterId = randomBytes(16).toString('base64url');
  const node = { installation, options, folder, admin, clusterId };
  const close = async (): Promise<void> => {
    await folder.close();
    reservation.release();
  };
  try {
    const properties = serverProperties(folder.path, {
      ports: { client, controller },
      admin,
      options,
    });
    writeFileSync(join(folder.path, 'server.properties'), properties, {
      mode: 0o600,
    });
    await formatKafkaStorage(node);
    let server = await startKafkaNode(node);
    return {
      origin: 'private',
      version: installation.version,
      ...accessTo(`127.0.0.1:${String(client)}`, admin, folder.path),
      tools: await startKafkaTools(folder, installation, { port: toolPort }),
      pid: () => server.pid,
      stop: async () => server.stop(),
      kill9: async () => server.kill9(),
      restart: async () => {
        await server.stop();
        server = await startKafkaNode(node);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * Starts a private Kafka broker on free loopback ports, or uses the broker of KAFKA_BOOTSTRAP (SCRAM-SHA-512 login of
 * KAFKA_USERNAME and KAFKA_PASSWORD). `options` are for the private broker; a given one ignores them.
 *
 * Throws: Java or the artifacts are missing, or the broker does not start within 90 s.
 */
export const startKafka = async (
  options: KafkaOptions = {},
): Promise<Kafka> => {
  const installation = findKafka(options.version);
  if (installation === null)
    throw new Error(
      'Java or the Kafka artifacts are missing: run ".ci/install-brokers"',
    );
  const given = process.env['KAFKA_BOOTSTRAP'] ?? '';
  return given === ''
    ? startPrivateKafka(installation, options)
    : startGivenKafka(given, installation);
};
