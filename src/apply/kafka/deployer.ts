// Kafka for `plan` and `apply`: topics, users, quotas and rights, through the admin protocol.
import { HostError } from '../../core/host.ts';
import { kafkaDesiredState } from '../../brokers/kafka/desired-state.ts';
import { passwordVariable } from '../../brokers/kafka/names.ts';
import { neededFeatures } from '../../brokers/kafka/needed-features.ts';
import { kafkaOptions } from '../../brokers/kafka/options.ts';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { verifyDesign } from '../../brokers/kafka/verify-design.ts';
import { minorOf } from '../../brokers/kafka/versions.ts';
import type { LiveResource } from '../../brokers/resource.ts';
import type {
  ConnectionPlace,
  Deployer,
  Deployment,
  LiveBroker,
  Named,
} from '../deployer.ts';
import { identity } from '../compare.ts';
import type { LiveAcl } from './acl-text.ts';
import {
  describeFeatures,
  refuseLacking,
  versionNotices,
  type ClusterFeatures,
} from './cluster-features.ts';
import { openKafkaAdmin, type KafkaAdmin } from './kafka-admin.ts';
import { makeChanges } from './make-changes.ts';
import { readLive } from './read-live.ts';
import { withTrustHint } from '../trust-hint.ts';
import { configOf, loginOf } from './login.ts';
import { caution, remedy, strangerRemedy } from './remedies.ts';

/** The deployer of Kafka. */
export const kafkaDeployer: Deployer = {
  broker: 'kafka',
  address: {
    name: 'BOOTSTRAP_SERVERS',
    meaning: 'bootstrap servers, e.g. localhost:9092',
  },
  variables: [
    { name: 'BROKER_ADMIN_USER', meaning: 'an administrator, default admin' },
    { name: 'BROKER_ADMIN_PASSWORD', meaning: 'the password' },
    {
      name: 'BROKER_SECURITY_PROTOCOL',
      meaning: 'instead of the one in the spec, e.g. SASL_PLAINTEXT',
    },
    {
      name: 'BROKER_ADMIN_MECHANISM',
      meaning:
        "the administrator's, when it is not the spec's: SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN",
    },
  ],
  oneNode: {
    hosts: ['localhost:9092'],
    variables: {
      BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      BROKER_ADMIN_MECHANISM: 'PLAIN',
    },
  },
  // Who logs in by certificate or token has no password to be made with.
  canSkipUsers: true,
  deploy: (model, environment) => {
    const design = planKafka(model);
    const groups = new Set(
      [...model.groups, ...model.requests].map(({ name }) => name),
    );
    return {
      state: kafkaDesiredState(design, environment, kafkaOptions(model)),
      faults: verifyDesign(design, { groups }),
      logins: design.principals.map(({ name }) => ({
        user: name,
        variable: passwordVariable(name),
      })),
      refine: (drifts) => drifts,
    };
  },
  connect,
  caution,
  remedy,
  strangerRemedy,
  farewell: () => null,
  removable: ['acl', 'topic'],
};

async function connect(
  place: ConnectionPlace,
  deployment: Deployment,
): Promise<LiveBroker> {
  const login = loginOf(place.model, place.variables);
  const where = `at ${place.url} as "${login.username}" (${login.protocol}, ${login.mechanism})`;
  const tried = `Kafka ${where}`;
  const guarded = async <T>(
    what: string,
    call: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Error) || !isOfKafka(error)) throw error;
      throw new HostError(
        `${what} ${tried}: ${withTrustHint(reasonOf(error))}`,
        {
          cause: error,
        },
      );
    }
  };
  const kafka = await guarded('cannot reach', async () =>
    openKafkaAdmin(configOf(place, login), place.loadPeer),
  );
  try {
    const features = await guarded('cannot read', async () =>
      kafka.send(describeFeatures()),
    );
    const title = ['Kafka', features.version, where].filter(Boolean).join(' ');
    return liveKafka({ kafka, features, title, guarded, place, deployment });
  } catch (error) {
    await kafka.close();
    throw error;
  }
}

interface Opened {
  readonly kafka: KafkaAdmin;
  readonly features: ClusterFeatures;
  readonly title: string;
  readonly guarded: <T>(what: string, call: () => Promise<T>) => Promise<T>;
  readonly place: ConnectionPlace;
  readonly deployment: Deployment;
}

function liveKafka({
  kafka,
  features,
  title,
  guarded,
  place,
  deployment,
}: Opened): LiveBroker {
  const { state, logins } = deployment;
  const wanted = new Set(
    state.resources
      .filter(({ kind }) => kind === 'topic')
      .map(({ name }) => name),
  );
  const variables = new Map(
    logins.map(({ user, variable }) => [user, variable]),
  );
  const read = async (): ReturnType<typeof readLive> =>
    guarded('cannot read', async () =>
      readLive(kafka, (topic) => wanted.has(topic)),
    );
  return {
    title,
    notices: versionNotices(
      features,
      minorOf(place.model.broker.version.value),
    ),
    read: async () => (await read()).resources,
    make: async (changes, tell) => {
      const makesUsers = changes.some(
        ({ resource }) => resource.kind === 'user',
      );
      refuseLacking(
        features,
        neededFeatures(kafkaOptions(place.model), { makesUsers }),
      );
      await guarded('cannot change', async () =>
        makeChanges(changes, kafka, {
          tell,
          passwordOf: (user) =>
            place.variables[variables.get(user) ?? ''] ?? '',
        }),
      );
    },
    held: async (resources) =>
      guarded('cannot read', async () => heldMessages(resources, kafka)),
    unseen: [],
    remove: async (resource) => {
      // Only rights are deleted by what they say; their live form is needed.
      const { acls } =
        resource.kind === 'acl' ? await read() : { acls: noAcls };
      await guarded('cannot change', async () => remove(resource, kafka, acls));
    },
    close: async () => kafka.close(),
  };
}

// The newest place less the oldest in each partition: no less than there are, as compaction leaves gaps.
async function heldMessages(
  resources: readonly Named[],
  { admin }: KafkaAdmin,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const resource of resources.filter(({ kind }) => kind === 'topic')) {
    const partitions = await admin.fetchTopicOffsets(resource.name);
    const held = partitions.map(({ high, low }) => Number(high) - Number(low));
    counts.set(
      identity(resource),
      held.reduce((sum, one) => sum + one, 0),
    );
  }
  return counts;
}

const noAcls: ReadonlyMap<string, LiveAcl> = new Map();

async function remove(
  { kind, name }: Pick<LiveResource, 'kind' | 'name'>,
  { admin }: KafkaAdmin,
  acls: ReadonlyMap<string, LiveAcl>,
): Promise<void> {
  if (kind === 'topic') {
    await admin.deleteTopics({ topics: [name] });
    return;
  }
  const acl = acls.get(name);
  // What is gone already is what was wanted.
  if (acl !== undefined) await admin.deleteAcls({ filters: [acl] });
}

const isOfKafka = (error: Error): boolean => error.name.startsWith('KafkaJS');

// A refusal of several things is an error that holds the others.
function reasonOf(error: Error): string {
  const inner =
    'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const told = inner.flatMap((one: unknown) =>
    one instanceof Error
      ? [`${'topic' in one ? `${String(one.topic)}: ` : ''}${one.message}`]
      : [],
  );
  return [error.message, ...told].join('; ');
}
