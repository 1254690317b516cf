// A topology to the data of `definitions.json`. Holds no password: users are imported without one and cannot log in
// until their password is set.
import { readablePath } from '../../core/pointer.ts';
import { gather } from '../../core/gather.ts';
import { onceFor } from '../../core/once-for.ts';
import { exactly } from './names.ts';
import { slotOf } from './slots.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Provenance, Topology } from './topology.ts';

/** One line of provenance: the object as operators call it, and where it comes from. */
export interface ProvenanceLine {
  readonly object: string;
  readonly from: string;
  readonly because: string;
}

/**
 * Makes the definitions of a topology, in the order in which RabbitMQ's own export has them. The first key is ours:
 * the import ignores keys that it does not know, and JSON has no comments.
 */
export function toDefinitions(
  topology: Topology,
  generator: string,
): JsonObject {
  const { vhost } = topology;
  return {
    event_arch: {
      generated: `by ${generator} from the spec; change the spec, not this file`,
      environment: topology.environment,
      provenance: provenanceLines(topology).map((line) => ({ ...line })),
    },
    users: topology.users.map(({ name }) => ({
      name,
      password_hash: '',
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: [],
      limits: {},
    })),
    vhosts: [
      {
        name: vhost,
        description: topology.vhostDescription,
        tags: [],
        default_queue_type: 'quorum',
        metadata: {
          description: topology.vhostDescription,
          tags: [],
          default_queue_type: 'quorum',
        },
      },
    ],
    permissions: topology.permissions.map((permission) => ({
      user: permission.user,
      vhost,
      configure: exactly(permission.configure),
      write: exactly(permission.write),
      read: exactly(permission.read),
    })),
    topic_permissions: topology.topicPermissions.map((permission) => ({
      user: permission.user,
      vhost,
      exchange: permission.exchange,
      write: exactly(permission.write),
      read: '^$',
    })),
    policies: topology.policies.map((policy) => ({
      vhost,
      name: policy.name,
      pattern: policy.pattern,
      'apply-to': policy.applyTo,
      definition: policy.definition,
      priority: policy.priority,
    })),
    ...routing(topology),
  };
}

function routing(topology: Topology): JsonObject {
  const { vhost } = topology;
  return {
    queues: topology.queues.map((queue) => ({
      name: queue.name,
      vhost,
      durable: queue.isDurable,
      auto_delete: queue.isAutoDelete,
      arguments: queue.arguments,
    })),
    exchanges: topology.exchanges.map((exchange) => ({
      name: exchange.name,
      vhost,
      type: exchange.type,
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: exchange.arguments,
    })),
    bindings: topology.bindings.map((binding) => ({
      source: binding.source,
      vhost,
      destination: binding.destination,
      destination_type: binding.to,
      routing_key: binding.routingKey,
      arguments: binding.arguments,
    })),
  };
}

/** Tells for every object of a topology where in the spec it comes from and why, once for the definitions and the page. */
export const provenanceLines: (
  topology: Topology,
) => readonly ProvenanceLine[] = onceFor(linesOf);

function linesOf(topology: Topology): readonly ProvenanceLine[] {
  return [
    ...topology.users.map(({ name, why }) => line(`user ${name}`, why)),
    ...topology.permissions.map(({ user, why }) =>
      line(`permission ${user}`, why),
    ),
    ...topology.topicPermissions.map(({ user, exchange, why }) =>
      line(`topic permission ${user} on ${exchange}`, why),
    ),
    ...topology.policies.map(({ name, why }) => line(`policy ${name}`, why)),
    ...topology.queues.map(({ name, why }) => line(`queue ${name}`, why)),
    ...topology.exchanges.map(({ name, why }) => line(`exchange ${name}`, why)),
    ...bindingLines(topology),
  ];
}

// The slots of one lane are one decision, and stand where its first one does.
function bindingLines(topology: Topology): readonly ProvenanceLine[] {
  const lines = topology.bindings.map(
    ({ source, destination, routingKey, arguments: given, why }) => {
      const slot = slotOf(given);
      const place = `binding ${source} -> ${destination}`;
      return { place, slot, key: routingKey, why };
    },
  );
  const slots = gather(
    lines.filter(({ slot }) => slot !== null),
    ({ place }) => [place],
  );
  return lines.flatMap(({ place, slot, key, why }) => {
    if (slot === null) return [line(`${place} (${key})`, why)];
    const all = slots.get(place) ?? [];
    return all[0]?.slot === slot
      ? [line(`${place} (slots ${all.map((one) => one.slot).join(' ')})`, why)]
      : [];
  });
}

const line = (object: string, why: Provenance): ProvenanceLine => ({
  object,
  from: readablePath(why.pointer),
  because: why.because,
});
