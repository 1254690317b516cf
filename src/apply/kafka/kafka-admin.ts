// A connection to a cluster through kafkajs: its admin client, and a way to send the requests that it lacks.
import { HostError } from '../../core/host.ts';
import type { LiveAcl } from './acl-text.ts';
import type { AdminRequest } from './admin-requests.ts';

/** How to reach a cluster, as kafkajs takes it. */
export interface ClusterConfig {
  readonly clientId: string;
  readonly brokers: readonly string[];
  /** Off, on with the usual authorities, or on with these. */
  readonly ssl: boolean | { readonly ca: string[] };
  readonly sasl: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly retry: {
    readonly retries: number;
    readonly initialRetryTime: number;
  };
}

type AclFilter = Pick<
  LiveAcl,
  'resourceType' | 'resourcePatternType' | 'operation' | 'permissionType'
> &
  Partial<LiveAcl>;

type AclResource = Pick<
  LiveAcl,
  'resourceType' | 'resourcePatternType' | 'resourceName'
>;

interface TopicToMake {
  readonly topic: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly configEntries: readonly {
    readonly name: string;
    readonly value: string;
  }[];
}

/** What is used of kafkajs's admin client, with plain numbers where it declares enumerations. */
export interface AdminClient {
  readonly connect: () => Promise<void>;
  readonly disconnect: () => Promise<void>;
  readonly fetchTopicMetadata: () => Promise<{
    readonly topics: readonly {
      readonly name: string;
      readonly partitions: readonly { readonly replicas: readonly number[] }[];
    }[];
  }>;
  readonly fetchTopicOffsets: (topic: string) => Promise<
    readonly {
      readonly high: string;
      readonly low: string;
    }[]
  >;
  readonly describeConfigs: (query: {
    readonly includeSynonyms: boolean;
    readonly resources: readonly {
      readonly type: number;
      readonly name: string;
    }[];
  }) => Promise<{
    readonly resources: readonly {
      readonly resourceName: string;
      readonly configEntries: readonly {
        readonly configName: string;
        readonly configValue: string;
        readonly configSource: number;
      }[];
    }[];
  }>;
  readonly createTopics: (order: {
    readonly waitForLeaders: boolean;
    /** Ms. */
    readonly timeout: number;
    readonly topics: readonly TopicToMake[];
  }) => Promise<boolean>;
  readonly createPartitions: (order: {
    readonly topicPartitions: readonly {
      readonly topic: string;
      readonly count: number;
    }[];
  }) => Promise<boolean>;
  readonly deleteTopics: (order: {
    readonly topics: readonly string[];
  }) => Promise<void>;
  readonly describeAcls: (filter: AclFilter) => Promise<{
    readonly resources: readonly (AclResource & {
      readonly acls: readonly Omit<LiveAcl, keyof AclResource>[];
    })[];
  }>;
  readonly createAcls: (order: {
    readonly acl: readonly LiveAcl[];
  }) => Promise<boolean>;
  readonly deleteAcls: (order: {
    readonly filters: readonly AclFilter[];
  }) => Promise<unknown>;
}

export interface KafkaAdmin {
  readonly admin: AdminClient;
  readonly send: <T>(request: AdminRequest<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export type LoadPeer = (name: string) => Promise<unknown>;

/** What is used of kafkajs, whose exports are CommonJS. */
interface KafkaJs {
  readonly Kafka: new (
    config: ClusterConfig & { readonly logLevel: number },
  ) => {
    readonly admin: () => AdminClient;
  };
  readonly logLevel: { readonly NOTHING: number };
}

interface Encoder {
  readonly writeBuffer: (bytes: Buffer) => Encoder;
}

/** One connection to one broker, below kafkajs's public interface. */
interface Cluster {
  readonly connect: () => Promise<void>;
  readonly refreshMetadata: () => Promise<void>;
  readonly findControllerBroker: () => Promise<{
    readonly connectionPool: {
      readonly send: (call: object) => Promise<unknown>;
    };
  }>;
  readonly disconnect: () => Promise<void>;
}

const peer = 'kafkajs';
/** Its last release, whose inner modules are what `send` is built on. */
const peerVersion = '2.2.4';

/** Connects and logs in. Throws: `HostError` when kafkajs is not installed or the cluster cannot be reached. */
export async function openKafkaAdmin(
  config: ClusterConfig,
  loadPeer: LoadPeer,
): Promise<KafkaAdmin> {
  const kafkajs = await loadModule<KafkaJs>(loadPeer, peer);
  if (kafkajs === null)
    throw new HostError(
      `a live Kafka is reached through the package ${peer}, which is not installed here: npm install --save-dev ${peer}@${peerVersion}`,
    );
  const admin = new kafkajs.Kafka({
    ...config,
    logLevel: kafkajs.logLevel.NOTHING,
  }).admin();
  await admin.connect();
  const opened: { cluster: Cluster | null; encoder: new () => Encoder } = {
    cluster: null,
    encoder: await inner(loadPeer, 'src/protocol/encoder.js'),
  };
  return {
    admin,
    send: async (request) => {
      opened.cluster ??= await openCluster(config, loadPeer);
      await opened.cluster.refreshMetadata();
      const broker = await opened.cluster.findControllerBroker();
      const { apiKey, apiVersion, apiName } = request;
      const answer = await broker.connectionPool.send({
        request: {
          apiKey,
          apiVersion,
          apiName,
          encode: async () =>
            Promise.resolve(new opened.encoder().writeBuffer(request.body)),
        },
        response: {
          decode: async (payload: Buffer) =>
            Promise.resolve({ answer: payload, clientSideThrottleTime: 0 }),
          parse: async (data: { readonly answer: Buffer }) =>
            Promise.resolve(data.answer),
        },
      });
      // `parse` above answers the bytes as they are.
      return request.read(answer as Buffer);
    },
    close: async () => {
      await opened.cluster?.disconnect();
      await admin.disconnect();
    },
  };
}

// kafkajs keeps its connections to itself, so these requests travel on one of their own.
async function openCluster(
  config: ClusterConfig,
  loadPeer: LoadPeer,
): Promise<Cluster> {
  const Cluster: new (options: object) => Cluster = await inner(
    loadPeer,
    'src/cluster/index.js',
  );
  const socketFactory: () => object = await inner(
    loadPeer,
    'src/network/socketFactory.js',
  );
  const { createLogger }: { readonly createLogger: (o: object) => object } =
    await inner(loadPeer, 'src/loggers/index.js');
  const cluster = new Cluster({
    ...config,
    logger: createLogger({ level: 0, logCreator: () => () => undefined }),
    socketFactory: socketFactory(),
    offsets: new Map(),
    allowAutoTopicCreation: false,
    enforceRequestTimeout: true,
    metadataMaxAge: 300_000,
  });
  await cluster.connect();
  return cluster;
}

async function inner<T>(loadPeer: LoadPeer, path: string): Promise<T> {
  const module = await loadModule<T>(loadPeer, `${peer}/${path}`);
  if (module !== null) return module;
  throw new HostError(
    `this version of ${peer} has no ${path}: install ${peer}@${peerVersion}`,
  );
}

async function loadModule<T>(
  loadPeer: LoadPeer,
  name: string,
): Promise<T | null> {
  const module = await loadPeer(name);
  if (module === null) return null;
  // A CommonJS package comes as the default export; its shape is the documented one of that version.
  return (module as { readonly default: T }).default;
}
