// Checks that every name a topology mentions exists: bindings, dead-letter routes, alternate exchanges, rights.
import { isJsonObject } from '../../core/json.ts';
import { defaultExchangeAlias } from './names.ts';
import type { Finding } from './finding.ts';
import { isFound } from './patterns.ts';
import type { Policy, Queue, Topology } from './topology.ts';

/** Checks references. Reports: RMQ001, RMQ003. */
export function inspectReferences(topology: Topology): readonly Finding[] {
  const queues = new Set(topology.queues.map(({ name }) => name));
  const exchanges = new Set(topology.exchanges.map(({ name }) => name));
  return [
    ...danglingBindings(topology, queues, exchanges),
    ...danglingRights(topology, queues, exchanges),
    ...danglingClients(topology, queues, exchanges),
    ...topology.queues.flatMap((queue) => deadLetterRoute(queue, topology)),
    ...topology.exchanges.flatMap(({ name }) => alternateRoute(name, topology)),
  ];
}

type Names = ReadonlySet<string>;

function danglingBindings(
  topology: Topology,
  queues: Names,
  exchanges: Names,
): readonly Finding[] {
  return topology.bindings.flatMap((binding) => {
    const object = `binding ${binding.source} -> ${binding.destination}`;
    const isThere = (binding.to === 'queue' ? queues : exchanges).has(
      binding.destination,
    );
    return [
      ...(exchanges.has(binding.source)
        ? []
        : [missing(object, `exchange "${binding.source}"`)]),
      ...(isThere
        ? []
        : [missing(object, `${binding.to} "${binding.destination}"`)]),
    ];
  });
}

const missing = (object: string, what: string): Finding => ({
  rule: 'RMQ001',
  object,
  message: `${what} does not exist`,
});

function danglingRights(
  topology: Topology,
  queues: Names,
  exchanges: Names,
): readonly Finding[] {
  const users = new Set(topology.users.map(({ name }) => name));
  const rights = topology.permissions.flatMap((permission) => {
    const object = `permission ${permission.user}`;
    return [
      ...(users.has(permission.user)
        ? []
        : [missing(object, `user "${permission.user}"`)]),
      ...permission.write
        .filter((name) => name !== defaultExchangeAlias && !exchanges.has(name))
        .map((name) => missing(object, `exchange "${name}"`)),
      ...permission.read
        .filter((name) => !queues.has(name))
        .map((name) => missing(object, `queue "${name}"`)),
    ];
  });
  const topics = topology.topicPermissions
    .filter(
      ({ user, exchange }) =>
        !users.has(user) ||
        topology.exchanges.every(
          ({ name, type }) => name !== exchange || type !== 'topic',
        ),
    )
    .map(({ user, exchange }) =>
      missing(`topic permission ${user}`, `topic exchange "${exchange}"`),
    );
  return [...rights, ...topics];
}

function danglingClients(
  topology: Topology,
  queues: Names,
  exchanges: Names,
): readonly Finding[] {
  return [
    ...topology.consumers.flatMap(({ group, queues: read }) =>
      read
        .filter((name) => !queues.has(name))
        .map((name) => missing(`consumer ${group}`, `queue "${name}"`)),
    ),
    ...topology.publishers
      .filter(({ exchange }) => !exchanges.has(exchange))
      .map(({ event, exchange }) =>
        missing(`publisher of ${event}`, `exchange "${exchange}"`),
      ),
  ];
}

/** Finds the one policy that applies to an object: the highest priority among those that match. */
export function policyOf(
  name: string,
  applyTo: Policy['applyTo'],
  topology: Topology,
): Policy | null {
  const matching = topology.policies.filter(
    (policy) =>
      policy.applyTo === applyTo && isFound(policy.pattern, name) === true,
  );
  return (
    [...matching].sort((left, right) => right.priority - left.priority)[0] ??
    null
  );
}

/** Lists the queues that a message sent to an exchange with a routing key ends in. */
export function routesTo(
  exchange: string,
  routingKey: string,
  topology: Topology,
): readonly string[] {
  const seen = new Set<string>();
  const reached: string[] = [];
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const type = topology.exchanges.find((entry) => entry.name === name)?.type;
    for (const binding of topology.bindings) {
      const isTaken =
        type === 'fanout' ||
        type === 'headers' ||
        topicMatches(binding.routingKey, routingKey, type === 'topic');
      if (binding.source !== name || !isTaken) continue;
      if (binding.to === 'exchange') visit(binding.destination);
      else reached.push(binding.destination);
    }
  };
  visit(exchange);
  return [...new Set(reached)];
}

// Topic patterns of AMQP 0-9-1: `*` is one word, `#` any number of words.
function topicMatches(pattern: string, key: string, isTopic: boolean): boolean {
  if (!isTopic) return pattern === key;
  const walk = (left: readonly string[], right: readonly string[]): boolean => {
    const [head, ...rest] = left;
    if (head === undefined) return right.length === 0;
    if (head === '#') {
      return (
        walk(rest, right) || (right.length > 0 && walk(left, right.slice(1)))
      );
    }
    const [word, ...others] = right;
    return (
      word !== undefined &&
      (head === '*' || head === word) &&
      walk(rest, others)
    );
  };
  return walk(pattern.split('.'), key.split('.'));
}

function deadLetterRoute(queue: Queue, topology: Topology): readonly Finding[] {
  const definition = policyOf(queue.name, 'queues', topology)?.definition ?? {};
  const object = `queue ${queue.name}`;
  const exchange = definition['dead-letter-exchange'];
  if (typeof exchange !== 'string') return [];
  const key = definition['dead-letter-routing-key'];
  const routingKey = typeof key === 'string' ? key : '';
  const isRouted =
    exchange === ''
      ? topology.queues.some(({ name }) => name === routingKey)
      : routesTo(exchange, routingKey, topology).length > 0;
  return isRouted
    ? []
    : [
        {
          rule: 'RMQ003',
          object,
          message: `dead letters for exchange "${exchange}" with key "${routingKey}" reach no queue`,
        },
      ];
}

function alternateRoute(
  exchange: string,
  topology: Topology,
): readonly Finding[] {
  const policy = policyOf(exchange, 'exchanges', topology);
  const alternate = isJsonObject(policy?.definition)
    ? policy.definition['alternate-exchange']
    : undefined;
  if (typeof alternate !== 'string') return [];
  return routesTo(alternate, '', topology).length > 0
    ? []
    : [
        {
          rule: 'RMQ003',
          object: `exchange ${exchange}`,
          message: `alternate exchange "${alternate}" reaches no queue`,
        },
      ];
}
