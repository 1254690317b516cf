// Checks of queues and their policies: flags, limits, dead-lettering, order, and what the version knows.
import { isAtLeast, neededVersion } from './version.ts';
import { policyOf } from './inspect-references.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Finding, InspectionRule } from './finding.ts';
import type { Queue, QueueType, Topology } from './topology.ts';

/** The queue arguments that each type takes; the import keeps any other as it is and ignores it. */
const knownArguments: Readonly<Record<QueueType, readonly string[]>> = {
  quorum: [
    'x-queue-type',
    'x-quorum-initial-group-size',
    'x-single-active-consumer',
  ],
  classic: ['x-queue-type', 'x-single-active-consumer'],
  stream: ['x-queue-type', 'x-initial-cluster-size'],
};

const knownPolicyKeys: ReadonlySet<string> = new Set([
  'alternate-exchange',
  'dead-letter-exchange',
  'dead-letter-routing-key',
  'dead-letter-strategy',
  'delayed-retry-max',
  'delayed-retry-min',
  'delayed-retry-type',
  'delivery-limit',
  'max-age',
  'max-length',
  'message-ttl',
  'overflow',
  'target-group-size',
]);

/** Checks queues and policies. Reports: RMQ002, RMQ003, RMQ004, RMQ008, RMQ010, RMQ012. */
export function inspectQueues(topology: Topology): readonly Finding[] {
  return [
    ...topology.queues.flatMap((queue) => inspectQueue(queue, topology)),
    ...topology.policies.flatMap(({ name, definition }) =>
      policyKeys(`policy ${name}`, definition, topology),
    ),
    ...topology.consumers
      .filter(({ isSingleActive, prefetch }) => isSingleActive && prefetch > 1)
      .map(({ group, prefetch }): Finding => ({
        rule: 'RMQ012',
        object: `consumer ${group}`,
        message: `prefetch ${prefetch} with a single active consumer: a requeued message comes after the next one`,
      })),
  ];
}

function inspectQueue(queue: Queue, topology: Topology): readonly Finding[] {
  const definition = policyOf(queue.name, 'queues', topology)?.definition ?? {};
  const checks: readonly (readonly [InspectionRule, string | null])[] = [
    ...flagChecks(queue),
    ...limitChecks(queue, definition),
    ...Object.keys(queue.arguments)
      .filter((key) => !knownArguments[queue.type].includes(key))
      .map((key): readonly [InspectionRule, string] => [
        'RMQ008',
        `a ${queue.type} queue does not know argument ${key}`,
      ]),
  ];
  return checks.flatMap(([rule, message]) =>
    message === null ? [] : [{ rule, object: `queue ${queue.name}`, message }],
  );
}

const when = (holds: boolean, message: string): string | null =>
  holds ? message : null;

function flagChecks(
  queue: Queue,
): readonly (readonly [InspectionRule, string | null])[] {
  const isReplicated = queue.type !== 'classic';
  return [
    [
      'RMQ002',
      when(
        isReplicated && (!queue.isDurable || queue.isAutoDelete),
        `a ${queue.type} queue must be durable and stay`,
      ),
    ],
    [
      'RMQ002',
      when(
        queue.arguments['x-queue-type'] !== queue.type,
        `its arguments do not say x-queue-type ${queue.type}`,
      ),
    ],
    [
      'RMQ010',
      when(
        !isReplicated && !queue.isDurable,
        'a shared queue must survive a restart',
      ),
    ],
  ];
}

function limitChecks(
  queue: Queue,
  definition: JsonObject,
): readonly (readonly [InspectionRule, string | null])[] {
  const isQuorum = queue.type === 'quorum';
  const hasLimit = definition['delivery-limit'] !== undefined;
  const canRefuse =
    definition['overflow'] === 'reject-publish' &&
    definition['max-length'] !== undefined;
  return [
    [
      'RMQ003',
      when(
        needsDeadLetter(queue, definition),
        'a retry queue has nowhere to send its messages',
      ),
    ],
    [
      'RMQ004',
      when(
        isAtLeastOnce(definition) && !(isQuorum && canRefuse),
        'at-least-once dead-lettering needs a quorum queue, overflow reject-publish and max-length',
      ),
    ],
    [
      'RMQ004',
      when(
        isQuorum &&
          definition['dead-letter-exchange'] !== undefined &&
          !isAtLeastOnce(definition),
        'dead letters may be lost on their way',
      ),
    ],
    [
      'RMQ012',
      when(
        isWork(queue) && isQuorum && !hasLimit,
        'without a delivery limit a requeued message goes to the tail, and 4.0 and later drop at 20',
      ),
    ],
    [
      'RMQ008',
      when(!isQuorum && hasLimit, 'only quorum queues count deliveries'),
    ],
  ];
}

const isAtLeastOnce = (definition: JsonObject): boolean =>
  definition['dead-letter-strategy'] === 'at-least-once';

const isWork = ({ role }: Queue): boolean => role === 'work' || role === 'lane';

const needsDeadLetter = (queue: Queue, definition: JsonObject): boolean =>
  queue.role === 'retry' && definition['dead-letter-exchange'] === undefined;

function policyKeys(
  object: string,
  definition: JsonObject,
  topology: Topology,
): readonly Finding[] {
  const found = (message: string): Finding => ({
    rule: 'RMQ008',
    object,
    message,
  });
  return Object.keys(definition).flatMap((key) => {
    if (key.startsWith('ha-')) {
      return [found(`${key}: mirrored queues were removed in 4.0`)];
    }
    if (!knownPolicyKeys.has(key)) return [found(`unknown key ${key}`)];
    const needed = neededVersion([{ definition: { [key]: null } }]);
    return needed === null || isAtLeast(topology.version, needed.version)
      ? []
      : [found(`${key} needs ${needed.version}, not ${topology.version}`)];
  });
}
