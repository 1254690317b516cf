// Kafka for `plan` and `apply`: topics, users, quotas and rights, through the admin protocol.
import { HostError } from '../../core/host.ts';
import type { JsonValue } from '../../core/json.ts';
import { kafkaDesiredState } from '../../brokers/kafka/desired-state.ts';
import { passwordVariable } from '../../brokers/kafka/names.ts';
import { kafkaOptions } from '../../brokers/kafka/options.ts';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { verifyDesign } from '../../brokers/kafka/verify-design.ts';
import type { BrokerResource, LiveResource } from '../../brokers/resource.ts';
import type { Model } from '../../model/model.ts';
import type {
  ConnectionPlace,
  Deployer,
  Deployment,
  LiveBroker,
  Variables,
} from '../deployer.ts';
import type { Change } from '../diff-resources.ts';
import type { LiveAcl } from './acl-text.ts';
import {
  openKafkaAdmin,
  type ClusterConfig,
  type KafkaAdmin,
} from './kafka-admin.ts';
import { makeChanges } from './make-changes.ts';
import { readLive } from './read-live.ts';
import { withTrustHint } from '../trust-hint.ts';

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
        "the administrator's, when it is not the spec's, e.g. SCRAM-SHA-512",
    },
  ],
  // Who logs in by certificate or token has no password to be made with.
  canSkipUsers: true,
  deploy: (model, environment) => {
    const design = planKafka(model);
    const groups = new Set(
      [...model.groups, ...model.requests].map(({ name }) => name),
    );
    return {
      state: kafkaDesiredState(
        design,
        environment,
        kafkaOptions(model.broker.options),
      ),
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
  removable: ['acl', 'topic'],
};

async function connect(
  place: ConnectionPlace,
  deployment: Deployment,
): Promise<LiveBroker> {
  const login = loginOf(place.model, place.variables);
  const tried = `Kafka at ${place.url} as "${login.username}" (${login.protocol}, ${login.mechanism})`;
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
  return liveKafka({ kafka, tried, guarded, place, deployment });
}

interface Opened {
  readonly kafka: KafkaAdmin;
  readonly tried: string;
  readonly guarded: <T>(what: string, call: () => Promise<T>) => Promise<T>;
  readonly place: ConnectionPlace;
  readonly deployment: Deployment;
}

function liveKafka({
  kafka,
  tried,
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
    title: tried,
    notices: [],
    read: async () => (await read()).resources,
    make: async (changes, tell) =>
      guarded('cannot change', async () =>
        makeChanges(changes, kafka, {
          tell,
          passwordOf: (user) =>
            place.variables[variables.get(user) ?? ''] ?? '',
        }),
      ),
    remove: async (resource) => {
      // Only rights are deleted by what they say; their live form is needed.
      const { acls } =
        resource.kind === 'acl' ? await read() : { acls: noAcls };
      await guarded('cannot change', async () => remove(resource, kafka, acls));
    },
    close: async () => kafka.close(),
  };
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

interface Login {
  readonly username: string;
  readonly password: string;
  readonly protocol: string;
  readonly mechanism: string;
}

function loginOf(model: Model, variables: Variables): Login {
  const { securityProtocol, saslMechanism } = kafkaOptions(
    model.broker.options,
  );
  const protocol = variables['BROKER_SECURITY_PROTOCOL'] ?? '';
  if (!['', 'SASL_SSL', 'SASL_PLAINTEXT'].includes(protocol))
    throw new HostError(
      `BROKER_SECURITY_PROTOCOL is "${protocol}", and takes SASL_SSL or SASL_PLAINTEXT`,
    );
  const password = variables['BROKER_ADMIN_PASSWORD'] ?? '';
  if (password === '') throw new HostError('BROKER_ADMIN_PASSWORD is not set');
  const mechanism = variables['BROKER_ADMIN_MECHANISM'] ?? '';
  if (!['', 'SCRAM-SHA-512', 'SCRAM-SHA-256'].includes(mechanism))
    throw new HostError(
      `BROKER_ADMIN_MECHANISM is "${mechanism}", and takes SCRAM-SHA-512 or SCRAM-SHA-256`,
    );
  return {
    username: variables['BROKER_ADMIN_USER'] ?? 'admin',
    password,
    protocol: protocol === '' ? securityProtocol : protocol,
    mechanism: mechanism === '' ? saslMechanism : mechanism,
  };
}

function configOf(
  { url, trust }: Pick<ConnectionPlace, 'url' | 'trust'>,
  { username, password, protocol, mechanism }: Login,
): ClusterConfig {
  const isSecure = protocol === 'SASL_SSL';
  return {
    clientId: 'event-arch',
    brokers: url.split(',').map((host) => host.trim()),
    ssl: isSecure && trust !== null ? { ca: [...trust.authorities] } : isSecure,
    sasl:
      mechanism === 'SCRAM-SHA-256'
        ? { mechanism: 'scram-sha-256', username, password }
        : { mechanism: 'scram-sha-512', username, password },
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    retry: { retries: 3, initialRetryTime: 200 },
  };
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

function caution(change: Change): string | null {
  if (change.kind === 'create') return null;
  const { settings, resource } = change;
  if (resource.kind === 'user')
    return 'The user gets the password of its variable; other mechanisms keep theirs.';
  if (!settings.some(({ key }) => key === 'partitions')) return null;
  return 'More partitions move keys: later messages of a key may go to another partition than earlier ones, so their order is not kept across the change. Let the consumers catch up while nothing is published; on a compacted topic the old values stay behind. Partitions cannot be taken away again.';
}

function remedy(
  { name }: BrokerResource,
  key: string,
  live: JsonValue,
): string {
  if (key === 'replication.factor')
    return `Move the copies with kafka-reassign-partitions.sh (${JSON.stringify(live)} now); messages stay.`;
  return `Partitions cannot be taken away: raise the number in the spec to ${JSON.stringify(live)}, or copy what is needed and --delete topic/${name}, which removes it with its messages and makes it anew.`;
}
