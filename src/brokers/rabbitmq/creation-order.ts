// The order in which resources are made, so that a run that stops anywhere leaves nothing that loses messages.
import type { BrokerResource } from '../resource.ts';
import { deadLetterExchange, unroutedName } from './names.ts';
import type { Binding, Topology } from './topology.ts';
import { bindingName } from './resource-texts.ts';

/**
 * Orders resources: first what catches messages that find no other way (unrouted, dead letters), then the rest from the
 * inside out, then the rights. A policy stands before what it is for, so that a queue has its limits from its first
 * message; a queue before what is bound to it; an exchange's way out before a way in; a limit of routing keys before
 * the permission that it limits. Until its permission is there a service can neither publish nor consume.
 */
export function inCreationOrder(
  resources: readonly BrokerResource[],
  topology: Topology,
): readonly BrokerResource[] {
  const net = netOf(topology);
  const inner = innerBindings(topology.bindings);
  const rank = (resource: BrokerResource): number => {
    const { kind } = resource;
    const stage = stages.indexOf(kind);
    if (rights.includes(kind)) return 100 + stage;
    if (kind === 'vhost') return 0;
    const isNet = net.has(identity(kind, resource.name));
    const isOuter = kind === 'binding' && !inner.has(resource.name);
    return (isNet ? 10 : 50) + stage * 2 + (isOuter ? 1 : 0);
  };
  return resources.toSorted((left, right) => rank(left) - rank(right));
}

const stages: readonly string[] = [
  'vhost',
  'policy',
  'exchange',
  'queue',
  'slots',
  'binding',
  'user',
  'topic-permission',
  'permission',
];
const rights: readonly string[] = ['user', 'topic-permission', 'permission'];

const identity = (kind: string, name: string): string => `${kind} ${name}`;

function netOf(topology: Topology): ReadonlySet<string> {
  const exchanges = new Set([unroutedName, deadLetterExchange]);
  const queues = new Set(
    topology.queues
      .filter(({ role }) => role === 'unrouted' || role === 'dead-letter')
      .map(({ name }) => name),
  );
  return new Set([
    ...[...exchanges].map((name) => identity('exchange', name)),
    ...[...queues].map((name) => identity('queue', name)),
    ...topology.policies
      .filter(({ targets, applyTo }) =>
        targets.every((name) =>
          (applyTo === 'queues' ? queues : exchanges).has(name),
        ),
      )
      .map(({ name }) => identity('policy', name)),
    ...topology.bindings
      .filter(
        ({ source, destination }) =>
          exchanges.has(source) && queues.has(destination),
      )
      .map((binding) => identity('binding', bindingName(binding))),
  ]);
}

// A binding is inner when its source is itself fed by another exchange.
function innerBindings(bindings: readonly Binding[]): ReadonlySet<string> {
  const fed = new Set(
    bindings
      .filter(({ to }) => to === 'exchange')
      .map(({ destination }) => destination),
  );
  return new Set(
    bindings.filter(({ source }) => fed.has(source)).map(bindingName),
  );
}
