// A private Kafka of three brokers beside one controller, each a process of its own that can be killed and started again.
// The controller is none of the three: with brokers that are controllers too, the death of two would end the quorum, and
// a refused message would look like a missing leader instead of what it is.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from './credentials.ts';
import { accessTo, type KafkaAccess } from './kafka-access.ts';
import {
  findKafka,
  type KafkaInstallation,
  serverProperties,
} from './kafka-files.ts';
import {
  formatKafkaStorage,
  type KafkaNode,
  startKafkaNode,
} from './kafka-node.ts';
import { type KafkaTools, startKafkaTools } from './kafka-tools.ts';
import { createPrivateFolder, type PrivateFolder } from './private-folder.ts';
import { reservePorts } from './reserve-ports.ts';
import type { SupervisedProcess } from './supervised-process.ts';

/** A running cluster. */
export interface KafkaCluster extends KafkaAccess {
  /** Ids of the brokers. */
  readonly brokerIds: readonly number[];
  /** Version of the brokers' artifacts. */
  readonly version: string;
  /** The stock command-line tools. */
  readonly tools: KafkaTools;
  /** Kills a broker by SIGKILL and keeps its data. */
  readonly kill9: (brokerId: number) => Promise<void>;
  /** Starts brokers that were killed, together, on the same ports and data. */
  readonly restart: (brokerIds: readonly number[]) => Promise<void>;
  /** Stops and deletes everything. */
  readonly close: () => Promise<void>;
}

const CONTROLLER_ID = 100;
const BROKER_IDS = [1, 2, 3] as const;
const HEAP_MIB = 192;

interface Cluster {
  readonly installation: KafkaInstallation;
  readonly folder: PrivateFolder;
  readonly admin: Credentials;
  readonly clusterId: string;
  readonly controllerPort: number;
}

const makeNode = async (
  cluster: Cluster,
  id: number,
  properties: Readonly<Record<string, string>>,
): Promise<KafkaNode> => {
  const { installation, admin, clusterId, controllerPort } = cluster;
  const folder = {
    ...cluster.folder,
    path: join(cluster.folder.path, `${id}`),
  };
  mkdirSync(folder.path);
  const options = {
    heapMiB: HEAP_MIB,
    properties: {
      'node.id': String(id),
      'controller.quorum.voters': `${CONTROLLER_ID}@127.0.0.1:${controllerPort}`,
      'offsets.topic.replication.factor': '3',
      'transaction.state.log.replication.factor': '3',
      'transaction.state.log.min.isr': '2',
      ...properties,
    },
  };
  const ports = { client: 0, controller: controllerPort };
  const text = serverProperties(folder.path, { ports, admin, options });
  writeFileSync(join(folder.path, 'server.properties'), text, { mode: 0o600 });
  const node = { installation, options, folder, admin, clusterId };
  await formatKafkaStorage(node);
  return node;
};

const makeController = async (cluster: Cluster): Promise<KafkaNode> => {
  const address = `CONTROLLER://127.0.0.1:${cluster.controllerPort}`;
  return makeNode(cluster, CONTROLLER_ID, {
    'process.roles': 'controller',
    listeners: address,
    'advertised.listeners': address,
  });
};

const makeBroker = async (
  cluster: Cluster,
  id: number,
  port: number,
): Promise<KafkaNode> => {
  const address = `CLIENT://127.0.0.1:${port}`;
  return makeNode(cluster, id, {
    'process.roles': 'broker',
    listeners: address,
    'advertised.listeners': address,
  });
};

const startBrokers = async (
  cluster: Cluster,
  ports: readonly number[],
): Promise<Pick<KafkaCluster, 'kill9' | 'restart'>> => {
  const [controller, ...made] = await Promise.all([
    makeController(cluster),
    ...BROKER_IDS.map(async (id, at) =>
      makeBroker(cluster, id, ports[at] ?? 0),
    ),
  ]);
  const brokers = new Map(BROKER_IDS.map((id, at) => [id as number, made[at]]));
  const running = new Map<number, SupervisedProcess>();
  const restart = async (ids: readonly number[]): Promise<void> => {
    await Promise.all(
      ids.map(async (id) => {
        const node = brokers.get(id);
        if (node === undefined) throw new Error(`there is no broker ${id}`);
        running.set(id, await startKafkaNode(node));
      }),
    );
  };
  await startKafkaNode(controller);
  await restart(BROKER_IDS);
  return { restart, kill9: async (id) => running.get(id)?.kill9() };
};

/**
 * Starts three brokers and a controller on free loopback ports; clients log in as they do to the single node.
 *
 * Throws: Java or the artifacts are missing, or a node does not start within 90 s.
 */
export const startKafkaCluster = async (): Promise<KafkaCluster> => {
  const installation = findKafka();
  if (installation === null)
    throw new Error(
      'Java or the Kafka artifacts are missing: run ".ci/install-brokers"',
    );
  const reservation = await reservePorts(BROKER_IDS.length + 2);
  const [controllerPort = 0, toolPort = 0, ...ports] = reservation.ports;
  const admin = {
    username: 'admin',
    password: randomBytes(12).toString('hex'),
  };
  const folder = createPrivateFolder('kafka-cluster');
  const clusterId = randomBytes(16).toString('base64url');
  const close = async (): Promise<void> => {
    await folder.close();
    reservation.release();
  };
  try {
    const cluster = { installation, folder, admin, clusterId, controllerPort };
    const brokers = await startBrokers(cluster, ports);
    const bootstrap = ports.map((port) => `127.0.0.1:${port}`).join(',');
    return {
      ...accessTo(bootstrap, admin, folder.path),
      brokerIds: BROKER_IDS,
      version: installation.version,
      tools: await startKafkaTools(folder, installation, { port: toolPort }),
      ...brokers,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
