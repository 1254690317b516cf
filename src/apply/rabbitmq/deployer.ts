// RabbitMQ for `plan` and `apply`: a virtual host, through the management API.
import { HostError } from '../../core/host.ts';
import type { JsonValue } from '../../core/json.ts';
import type { BrokerResource } from '../../brokers/resource.ts';
import { toDesiredState } from '../../brokers/rabbitmq/desired-state.ts';
import { inspectTopology } from '../../brokers/rabbitmq/inspect-topology.ts';
import { lowerToTopology } from '../../brokers/rabbitmq/lower.ts';
import { policyPriority } from '../../brokers/rabbitmq/lowering-context.ts';
import type { Topology } from '../../brokers/rabbitmq/topology.ts';
import { majorMinor } from '../../brokers/rabbitmq/version.ts';
import { changesOf, type Change, type Drift } from '../diff-resources.ts';
import type {
  ConnectionPlace,
  Deployer,
  Deployment,
  LiveBroker,
} from '../deployer.ts';
import { strangerRemedyOf } from '../stranger-remedy.ts';
import { heldMessages } from './held-messages.ts';
import { makeResource, removeResource } from './make-resource.ts';
import { openManagementApi, type ManagementApi } from './management-api.ts';
import { readLive } from './read-live.ts';

interface RabbitDeployment extends Deployment {
  readonly topology: Topology;
}

/** The deployer of RabbitMQ. */
export const rabbitmqDeployer: Deployer = {
  broker: 'rabbitmq',
  address: {
    name: 'RABBITMQ_URL',
    meaning: 'the management API, e.g. http://localhost:15672',
  },
  variables: [
    {
      name: 'RABBITMQ_ADMIN_USER',
      meaning: 'a user with the tag "administrator"',
    },
    { name: 'RABBITMQ_ADMIN_PASSWORD', meaning: 'its password' },
  ],
  oneNode: null,
  canSkipUsers: false,
  deploy: (model, environment): RabbitDeployment => {
    const topology = lowerToTopology(model, environment);
    return {
      topology,
      state: toDesiredState(topology),
      faults: inspectTopology(topology).map(
        ({ rule, object, message }) => `${rule} ${object}: ${message}`,
      ),
      refine: withoutPoliciesToCome,
      logins: topology.users.map(({ name, passwordVariable }) => ({
        user: name,
        variable: passwordVariable,
      })),
    };
  },
  // A deployment comes from `deploy` above, which knows the topology.
  connect: async (place, deployment) =>
    connect(place, deployment as RabbitDeployment),
  caution,
  remedy,
  strangerRemedy: strangerRemedyOf,
  removable: [
    'binding',
    'exchange',
    'permission',
    'policy',
    'queue',
    'slots',
    'topic-permission',
  ],
};

async function connect(
  { url, variables, trust }: ConnectionPlace,
  { topology, logins }: RabbitDeployment,
): Promise<LiveBroker> {
  const { vhost } = topology;
  const credentials = {
    username: needed(variables['RABBITMQ_ADMIN_USER'], 'RABBITMQ_ADMIN_USER'),
    password: needed(
      variables['RABBITMQ_ADMIN_PASSWORD'],
      'RABBITMQ_ADMIN_PASSWORD',
    ),
  };
  const api = openManagementApi(addressOf(url), credentials, trust?.fetch);
  const overview = await api.get('overview');
  const told = overview['rabbitmq_version'];
  const version = typeof told === 'string' ? told : 'of unknown version';
  const passwords = Object.fromEntries(
    logins.map(({ user, variable }) => [user, variables[variable] ?? '']),
  );
  return {
    title: `RabbitMQ ${version} at ${addressOf(url)}, virtual host "${vhost}"`,
    notices:
      majorMinor(version) === topology.version
        ? []
        : [
            `The design is for RabbitMQ ${topology.version}, and this is ${version}: set broker.version to what runs.`,
          ],
    read: async () => readLive(api, vhost),
    make: async (changes, tell) => {
      for (const change of changes) {
        await make(change, { api, vhost, passwords });
        tell(change);
      }
    },
    held: async (resources) => heldMessages(resources, { api, vhost }),
    remove: async (resource) => removeResource(resource, { api, vhost }),
    close: async () => Promise.resolve(),
  };
}

async function make(
  { resource }: Change,
  place: {
    readonly api: ManagementApi;
    readonly vhost: string;
    readonly passwords: Readonly<Record<string, string>>;
  },
): Promise<void> {
  await makeResource(resource, place);
}

function addressOf(url: string): string {
  const address = url.replace(/\/+$/, '');
  if (/^https?:\/\/[^@?#]+$/.test(address)) return address;
  const [, scheme] = /^(\w+):\/\//.exec(address) ?? [];
  throw new HostError(
    scheme === 'amqp' || scheme === 'amqps'
      ? `${scheme}:// is where services connect; --url takes the management API, e.g. http://localhost:15672`
      : '--url takes the management API without a password, e.g. http://localhost:15672; credentials come from RABBITMQ_ADMIN_USER and RABBITMQ_ADMIN_PASSWORD',
  );
}

function needed(value: string | undefined, variable: string): string {
  if (value !== undefined && value !== '') return value;
  throw new HostError(`${variable} is not set`);
}

// An object has the wrong policy because its own is missing or differs: mending that one mends this.
function withoutPoliciesToCome(drifts: readonly Drift[]): readonly Drift[] {
  const coming = new Set(
    changesOf(drifts)
      .filter(({ resource }) => resource.kind === 'policy')
      .map(({ resource }): JsonValue => resource.name),
  );
  return drifts.flatMap((drift): readonly Drift[] => {
    if (drift.kind !== 'cannot-change') return [drift];
    const settings = drift.settings.filter(
      ({ key, wanted }) => key !== 'policy' || !coming.has(wanted),
    );
    return settings.length === 0 ? [] : [{ ...drift, settings }];
  });
}

function remedy(
  { kind, name }: BrokerResource,
  key: string,
  live: JsonValue,
): string {
  if (key === 'policy')
    return `Policy ${JSON.stringify(live)} matches it too and takes precedence: narrow its pattern, or lower its priority below the design's ${policyPriority}.`;
  return kind === 'exchange'
    ? `An exchange keeps its type and arguments: --delete exchange/${name} removes it with its bindings and makes it anew; stop its publishers meanwhile.`
    : `A queue keeps its type and arguments: empty it, stop its publishers, and --delete queue/${name} removes it with what it still holds and makes it anew.`;
}

function caution(change: Change): string | null {
  if (change.kind !== 'change') return null;
  if (change.resource.kind === 'slots')
    return 'Keys move to other lanes. To keep their order, stop the publishers and let the lanes run empty first, and deploy consumers that read all of them; while a slot moves, a message may come twice, and none is lost.';
  if (change.resource.kind === 'user')
    return 'The user gets the password of its variable again, and loses its tags.';
  return null;
}
