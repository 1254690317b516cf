// The files and environment of a private RabbitMQ node; knows nothing about processes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from './credentials.ts';

/** Artifacts to boot a private node with, all as text. */
export interface RabbitmqOptions {
  /** `definitions.json`, imported at boot. The node then has no default user or virtual host but what the file names. */
  readonly definitions?: string;
  /** `rabbitmq.conf`, read before the harness's own lines, which win for ports, addresses and the definitions file. */
  readonly conf?: string;
  /** Port of AMQP over TLS that `conf` opens instead of the plain one: the node is ready when it accepts connections. */
  readonly tlsPort?: number;
  /** `enabled_plugins`; management and Prometheus must be among them. */
  readonly enabledPlugins?: string;
}

/** Ports of a private node, all on the loopback interface. */
export interface RabbitmqPorts {
  readonly amqp: number;
  readonly management: number;
  readonly prometheus: number;
  readonly distribution: number;
  readonly epmd: number;
}

const PLUGINS = '[rabbitmq_management,rabbitmq_prometheus].\n';

const harnessConf = (
  folder: string,
  ports: RabbitmqPorts,
  admin: Credentials,
  options: RabbitmqOptions,
): string =>
  [
    `listeners.tcp.default = 127.0.0.1:${String(ports.amqp)}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${String(ports.management)}`,
    'prometheus.tcp.ip = 127.0.0.1',
    `prometheus.tcp.port = ${String(ports.prometheus)}`,
    `default_user = ${admin.username}`,
    `default_pass = ${admin.password}`,
    'disk_free_limit.absolute = 50MB',
    ...(options.definitions === undefined
      ? []
      : [`load_definitions = ${join(folder, 'definitions.json')}`]),
    '',
  ].join('\n');

/**
 * Writes configuration, plugin list and definitions of a private node.
 *
 * @param folder the node's private folder
 */
export const writeRabbitmqFiles = (
  folder: string,
  setup: {
    readonly ports: RabbitmqPorts;
    readonly admin: Credentials;
    readonly options: RabbitmqOptions;
  },
): void => {
  const { ports, admin, options } = setup;
  mkdirSync(join(folder, 'conf.d'), { recursive: true });
  // Files are read in alphabetical order and the last value of a key wins.
  if (options.conf !== undefined)
    writeFileSync(join(folder, 'conf.d', '10-given.conf'), options.conf);
  writeFileSync(
    join(folder, 'conf.d', '90-harness.conf'),
    harnessConf(folder, ports, admin, options),
  );
  writeFileSync(
    join(folder, 'enabled_plugins'),
    options.enabledPlugins ?? PLUGINS,
  );
  writeFileSync(join(folder, 'rabbitmq-env.conf'), '');
  if (options.definitions !== undefined)
    writeFileSync(join(folder, 'definitions.json'), options.definitions);
};

/** Builds the environment that server, command-line tools and port mapper of one private node share. */
export const rabbitmqEnvironment = (
  folder: string,
  ports: RabbitmqPorts,
): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LANG: 'C.UTF-8',
  // The private folder lies there, and a node with a root of its own has to see it.
  TMPDIR: tmpdir(),
  // Erlang keeps the cookie, which it makes by itself, in the home folder.
  HOME: folder,
  ERL_EPMD_ADDRESS: '127.0.0.1',
  ERL_EPMD_PORT: String(ports.epmd),
  ERL_CRASH_DUMP: join(folder, 'erl_crash.dump'),
  RABBITMQ_CONF_ENV_FILE: join(folder, 'rabbitmq-env.conf'),
  RABBITMQ_CONFIG_FILES: join(folder, 'conf.d'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
  RABBITMQ_NODENAME: `event-arch-${String(ports.amqp)}@localhost`,
  RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
  RABBITMQ_NODE_PORT: String(ports.amqp),
  RABBITMQ_DIST_PORT: String(ports.distribution),
  RABBITMQ_MNESIA_BASE: join(folder, 'data'),
  RABBITMQ_LOG_BASE: join(folder, 'log'),
  RABBITMQ_LOGS: '-',
  RABBITMQ_PID_FILE: join(folder, 'rabbitmq.pid'),
  // Without busy waiting an idle node leaves the processor to the tests.
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
    '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
});
