// Where Kafka's artifacts are and what a private broker's configuration says; knows nothing about processes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Credentials } from './credentials.ts';

/** How a private broker differs from the harness's own choice. */
export interface KafkaOptions {
  /** Version of the broker, one that ".ci/install-brokers" fetched; the POM's when absent. */
  readonly version?: string;
  /** Lines of `server.properties` that replace or add to the harness's. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Java heap in MiB, 256 when absent. */
  readonly heapMiB?: number;
}

/** An installation of Kafka: two folders of jars, because tools and broker may differ in version. */
export interface KafkaInstallation {
  readonly java: string;
  readonly version: string;
  readonly brokerJars: string;
  readonly toolJars: string;
}

/** Ports of a private broker, both on the loopback interface. */
export interface KafkaPorts {
  readonly client: number;
  readonly controller: number;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Folder of the POM and of the tool server's source. */
export const KAFKA_SCRIPTS: string = join(ROOT, 'scripts', 'brokers', 'kafka');

const readProperty = (name: string): string => {
  const pom = readFileSync(join(KAFKA_SCRIPTS, 'pom.xml'), 'utf8');
  return (
    new RegExp(`<${name.replaceAll('.', '\\.')}>([^<]+)<`).exec(pom)?.[1] ?? ''
  );
};

/** The version that most tests run on. */
export const newestKafka = (): string => readProperty('kafka.version');

/** The oldest version that ".ci/install-brokers" fetches beside the one that most tests run on. */
export const oldestKafka = (): string => readProperty('kafka.oldest.version');

const hasJars = (folder: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder).some((name) => name.startsWith('kafka-clients-'));

/**
 * Finds Java and the artifacts that ".ci/install-brokers" fetched, or null when something is missing. The folder is
 * `.cache/kafka` of the checkout, or that of the variable EVENT_ARCH_CACHE.
 *
 * @param version version of the broker; that of KAFKA_VERSION or of the POM when absent
 */
export const findKafka = (version?: string): KafkaInstallation | null => {
  const wanted =
    version ?? process.env['KAFKA_VERSION'] ?? readProperty('kafka.version');
  const cache = join(
    process.env['EVENT_ARCH_CACHE'] ?? join(ROOT, '.cache'),
    'kafka',
  );
  const brokerJars = join(cache, `broker-${wanted}`);
  const toolJars = join(cache, `tools-${readProperty('kafka.tools.version')}`);
  const folder = (process.env['PATH'] ?? '')
    .split(delimiter)
    .find((candidate) => existsSync(join(candidate, 'java')));
  if (folder === undefined || !hasJars(brokerJars) || !hasJars(toolJars))
    return null;
  return { java: join(folder, 'java'), version: wanted, brokerJars, toolJars };
};

const jaas = (
  module: 'plain.Plain' | 'scram.Scram',
  { username, password }: Credentials,
): string =>
  `org.apache.kafka.common.security.${module}LoginModule required username="${username}" password="${password}"`;

/** Writes a client's properties, as `--command-config` and Java clients read them. */
export const clientProperties = (login: Credentials): string =>
  [
    'security.protocol=SASL_PLAINTEXT',
    'sasl.mechanism=SCRAM-SHA-512',
    `sasl.jaas.config=${jaas('scram.Scram', login)};`,
    '',
  ].join('\n');

/**
 * Writes `server.properties` of one node that is broker and controller. Clients log in by SCRAM-SHA-512; nobody but
 * `admin` may do anything without an ACL.
 *
 * @param folder the broker's private folder
 */
export const serverProperties = (
  folder: string,
  setup: {
    readonly ports: KafkaPorts;
    readonly admin: Credentials;
    readonly options: KafkaOptions;
  },
): string => {
  const { ports, admin } = setup;
  const client = `127.0.0.1:${String(ports.client)}`;
  const controller = `127.0.0.1:${String(ports.controller)}`;
  const properties: Readonly<Record<string, string>> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    listeners: `CLIENT://${client},CONTROLLER://${controller}`,
    'advertised.listeners': `CLIENT://${client}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENT',
    'listener.security.protocol.map':
      'CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    // The controller reads no SCRAM credentials before it has a log to read them from. An open listener would need
    // ANONYMOUS among the super users, and an ACL test must not run beside such a door.
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.client.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.client.scram-sha-512.sasl.jaas.config': `${jaas('scram.Scram', admin)};`,
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': `${jaas('plain.Plain', admin)} user_${admin.username}="${admin.password}";`,
    'authorizer.class.name':
      'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': `User:${admin.username}`,
    'auto.create.topics.enable': 'false',
    'log.dirs': join(folder, 'data'),
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    'group.initial.rebalance.delay.ms': '0',
    // After a SIGKILL the controller turns the new process away until the session of the old one has ended.
    'broker.session.timeout.ms': '4000',
    'broker.heartbeat.interval.ms': '500',
    'log.cleaner.dedupe.buffer.size': '8388608',
    ...setup.options.properties,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
};
