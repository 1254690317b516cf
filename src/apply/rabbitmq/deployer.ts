// RabbitMQ for `plan` and `apply`: a virtual host, through the management API.
import { HostError } from '../../core/host.ts';
import type { JsonValue } from '../../core/json.ts';
import type { BrokerResource, LiveResource } from '../../brokers/resource.ts';
import { toDesiredState } from '../../brokers/rabbitmq/desired-state.ts';
import { inspectTopology } from '../../brokers/rabbitmq/inspect-topology.ts';
import { lowerToTopology } from '../../brokers/rabbitmq/lower.ts';
import { readOptions } from '../../brokers/rabbitmq/options.ts';
import { policyPriority } from '../../brokers/rabbitmq/lowering-context.ts';
import type { Topology } from '../../brokers/rabbitmq/topology.ts';
import {
  isAtLeast,
  majorMinor,
  neededVersion,
} from '../../brokers/rabbitmq/version.ts';
import { changesOf, type Change, type Drift } from '../diff-resources.ts';
import type {
  ConnectionPlace,
  Deployer,
  Deployment,
  LiveBroker,
  Named,
} from '../deployer.ts';
import { strangerRemedyOf } from '../stranger-remedy.ts';
import { heldMessages, refuseHeld } from './held-messages.ts';
import { makeResource, removeResource } from './make-resource.ts';
import { loginOf } from './login.ts';
import { openManagementApi } from './management-api.ts';
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
      state: toDesiredState(topology, readOptions(model).alsoAllowed),
      faults: inspectTopology(topology).map(
        ({ rule, object, message }) => `${rule} ${object}: ${message}`,
      ),
      refine: withoutConsequences,
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
  farewell,
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
  const place = { api, vhost, passwords };
  const login = await loginOf(place, credentials.username);
  const own = new Set(logins.map(({ user }) => user));
  return {
    title: `RabbitMQ ${version} at ${addressOf(url)}, virtual host "${vhost}"`,
    notices: [...versionNotices(version, topology), ...login.notices],
    unseen: login.unseen,
    read: async () =>
      // Who makes a virtual host has every right in it: that of this login is how it looks and changes.
      (await readLive(api, vhost, login.unseen)).filter(
        ({ kind, name }) =>
          kind !== 'permission' || name !== login.name || own.has(name),
      ),
    make: async (changes, tell) => {
      refuseOlder(version, topology);
      for (const change of changes) {
        await makeResource(change.resource, place);
        tell(change);
      }
    },
    held: async (resources) => heldMessages(resources, place),
    remove: async (resource, how) => {
      const isLeft =
        resource.kind === 'queue' &&
        topology.queues.every(({ name }) => name !== resource.name);
      if (isLeft && !how.withMessages) await refuseHeld(resource, place);
      return removeResource(resource, place);
    },
    close: async () => Promise.resolve(),
  };
}

function versionNotices(
  version: string,
  topology: Topology,
): readonly string[] {
  return majorMinor(version) === topology.version
    ? []
    : [
        `The design is for RabbitMQ ${topology.version}, and this is ${version}: set broker.version to what runs.`,
      ];
}

// Asked before the first change: the policy would be refused half-way.
function refuseOlder(version: string, { policies, ...design }: Topology): void {
  const needed = neededVersion(policies);
  if (needed === null || isAtLeast(version, needed.version)) return;
  throw new HostError(
    `the design is made for RabbitMQ ${design.version}, and this is ${version}, which does not know the policy key ${needed.policyKey}: set broker.version to "${majorMinor(version) ?? version}" in the spec, or upgrade the broker`,
  );
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

// An object has the wrong policy because its own is missing or differs, or because one that the design has dropped is still
// there: mending that one, or deleting it, mends this.
function withoutConsequences(drifts: readonly Drift[]): readonly Drift[] {
  const named = (of: readonly { readonly resource: Named }[]) =>
    new Set(
      of
        .filter(({ resource }) => resource.kind === 'policy')
        .map(({ resource }): JsonValue => resource.name),
    );
  const coming = named(changesOf(drifts));
  const dropped = named(drifts.filter(({ kind }) => kind === 'extra'));
  return drifts.flatMap((drift): readonly Drift[] => {
    if (drift.kind !== 'cannot-change') return [drift];
    const settings = drift.settings.filter(
      ({ key, wanted, live }) =>
        key !== 'policy' || !(coming.has(wanted) || dropped.has(live)),
    );
    return settings.length === 0 ? [] : [{ ...drift, settings }];
  });
}

function farewell({ kind, name }: LiveResource): string | null {
  switch (kind) {
    case 'queue':
      return `Nobody of the design reads it. Keep what it holds by moving it first ("Move messages" in the management page, or a shovel), or let its old consumer read it empty; policy/queue:${name} goes after it.`;
    case 'policy':
      return "It is the design's own, from before, and still in force on what it matches.";
    default:
      return null;
  }
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
