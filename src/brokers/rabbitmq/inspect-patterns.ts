// Checks of regular expressions and routing: each pattern is tried against every name of the design.
import { exactly, unroutedName } from './names.ts';
import { policyOf } from './inspect-references.ts';
import { isFound } from './patterns.ts';
import type { Finding } from './finding.ts';
import type { Policy, Topology } from './topology.ts';

/** Checks patterns. Reports: RMQ005, RMQ007, RMQ009. */
export function inspectPatterns(topology: Topology): readonly Finding[] {
  const exchanges = topology.exchanges.map(({ name }) => name);
  const queues = topology.queues.map(({ name }) => name);
  const all = { exchanges, queues };
  return [
    ...topology.policies.flatMap((policy) => strayPolicy(policy, all)),
    ...overlaps(topology),
    ...topology.queues
      .filter(
        ({ name, type }) =>
          type !== 'stream' && policyOf(name, 'queues', topology) === null,
      )
      .map(({ name }): Finding => ({
        rule: 'RMQ009',
        object: `queue ${name}`,
        message: 'no policy limits it',
      })),
    ...wideRights(topology, all),
    ...catchAlls(topology),
  ];
}

interface Names {
  readonly exchanges: readonly string[];
  readonly queues: readonly string[];
}

function strayPolicy(policy: Policy, names: Names): readonly Finding[] {
  const matched = names[policy.applyTo].filter(
    (name) => isFound(policy.pattern, name) === true,
  );
  return sameSet(matched, policy.targets)
    ? []
    : [
        {
          rule: 'RMQ009',
          object: `policy ${policy.name}`,
          message: `matches ${listed(matched)} but is meant for ${listed(policy.targets)}`,
        },
      ];
}

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((name) => right.includes(name));

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'nothing' : names.join(', ');

function overlaps(topology: Topology): readonly Finding[] {
  const owners = new Map<string, string[]>();
  for (const policy of topology.policies) {
    for (const name of policy.targets) {
      const key = `${policy.applyTo === 'queues' ? 'queue' : 'exchange'} ${name}`;
      owners.set(key, [...(owners.get(key) ?? []), policy.name]);
    }
  }
  return [...owners]
    .filter(([, policies]) => policies.length > 1)
    .map(([object, policies]) => ({
      rule: 'RMQ009',
      object,
      message: `policies ${policies.join(' and ')} both match, and only one applies`,
    }));
}

function wideRights(topology: Topology, names: Names): readonly Finding[] {
  return topology.permissions.flatMap((permission) => {
    const object = `permission ${permission.user}`;
    const resources = [...names.exchanges, ...names.queues, 'amq.default'];
    return (['configure', 'write', 'read'] as const).flatMap((kind) => {
      const pattern = exactly(permission[kind]);
      const granted = [...new Set(resources)].filter(
        (name) => isFound(pattern, name) === true,
      );
      const extra = granted.filter((name) => !permission[kind].includes(name));
      const hasWildcard = permission[kind].some((name) => /[*#\s]/.test(name));
      return extra.length === 0 && !hasWildcard
        ? []
        : [
            {
              rule: 'RMQ007' as const,
              object,
              message: `${kind} ${pattern} also grants ${listed(extra)}`,
            },
          ];
    });
  });
}

// A queue bound to everything takes what no consumer takes, so that the alternate exchange never sees it.
function catchAlls(topology: Topology): readonly Finding[] {
  return topology.bindings
    .filter(
      ({ source, routingKey }) =>
        source !== unroutedName &&
        /(^|\.)[#*](\.|$)/.test(routingKey) &&
        policyOf(source, 'exchanges', topology) !== null,
    )
    .map(({ source, destination, routingKey }) => ({
      rule: 'RMQ005',
      object: `binding ${source} -> ${destination}`,
      message: `"${routingKey}" hides unroutable messages from the alternate exchange`,
    }));
}
