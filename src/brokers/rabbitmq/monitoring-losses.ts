// Alerts about messages that nobody gets: given up without a dead letter, unroutable, not confirmed, left behind.
import type { Model } from '../../model/model.ts';
import type { AlertRule } from '../monitoring.ts';
import { staying } from '../promql.ts';
import { testEnvironment } from '../traffic-alerts.ts';
import { lookLimit } from './lowering-context.ts';
import { refusedPublishes } from './monitoring-confirms.ts';
import { ofQueues, sample } from './monitoring-samples.ts';
import { strayQueues } from './monitoring-strays.ts';
import { unroutedName } from './names.ts';
import type { Policy, Queue, Topology } from './topology.ts';

const environment = { environment: testEnvironment };

/** Why a queue gives a message up, as the names of the global counters have it. */
const reasons = ['rejected', 'delivery_limit', 'expired', 'maxlen'] as const;
type Reason = (typeof reasons)[number];

/** Lists the alerts about lost messages. */
export function lossAlerts(
  model: Model,
  topology: Topology,
): readonly AlertRule[] {
  return [
    ...reasons.map((reason) => lost(model, topology, reason)),
    unroutable(model),
    unrouted(model, topology),
    ...refusedPublishes(model, topology),
    strayQueues(model, topology),
  ];
}

// The counters are the node's and tell no queue, so a reason that some queue is meant to drop for is only a warning.
function lost(model: Model, topology: Topology, reason: Reason): AlertRule {
  const accepted = droppingBecause(topology, reason);
  const counter = `rabbitmq_global_messages_dead_lettered_${reason}_total`;
  const counted = (values: string): ReturnType<typeof sample> =>
    sample(
      counter,
      { dead_letter_strategy: 'disabled', queue_type: 'rabbit_quorum_queue' },
      values,
    );
  return {
    name: 'MessagesLost',
    severity: accepted.length === 0 ? 'critical' : 'warning',
    subject: reason,
    service: null,
    expression: `sum by (environment) (increase(${counter}{dead_letter_strategy="disabled"}[10m])) > 0`,
    limit: null,
    forMinutes: 0,
    threshold:
      accepted.length === 0
        ? { key: 'lost.never', parameters: { reason } }
        : {
            key: 'lost.accepted',
            parameters: { reason, queues: shortList(accepted) },
          },
    origin: model.broker.origin,
    guide: 'dead-letters',
    proof: {
      fires: [counted('0+0x4 1+0x10')],
      holds: [counted(staying(1, 14))],
      atMinute: 9,
      labels: environment,
    },
  };
}

function shortList(names: readonly string[]): string {
  const most = 5;
  return names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} + ${names.length - most}`;
}

/** Names the queues that clients use and whose policy drops messages for this reason, by what the spec says. */
function droppingBecause(
  topology: Topology,
  reason: Reason,
): readonly string[] {
  const queues = new Map(topology.queues.map((queue) => [queue.name, queue]));
  return topology.policies
    .filter(({ definition }) => !('dead-letter-exchange' in definition))
    .flatMap((policy) =>
      policy.targets.flatMap((name) => {
        const queue = queues.get(name);
        return queue !== undefined && drops(queue, policy, reason)
          ? [name]
          : [];
      }),
    );
}

function drops(queue: Queue, { definition }: Policy, reason: Reason): boolean {
  const isRead = ['work', 'lane', 'request'].includes(queue.role);
  switch (reason) {
    case 'rejected':
      return isRead;
    case 'delivery_limit':
      return isRead && Number(definition['delivery-limit']) < lookLimit;
    case 'expired':
      return 'message-ttl' in definition;
    case 'maxlen':
      return definition['overflow'] === 'drop-head';
    default:
      return reason satisfies never;
  }
}

function unroutable(model: Model): AlertRule {
  const dropped = 'rabbitmq_global_messages_unroutable_dropped_total';
  const returned = 'rabbitmq_global_messages_unroutable_returned_total';
  const counted = (values: string): readonly ReturnType<typeof sample>[] => [
    sample(dropped, { protocol: 'amqp091' }, values),
    sample(returned, { protocol: 'amqp091' }, staying(3, 14)),
  ];
  return {
    name: 'MessagesUnroutable',
    severity: 'critical',
    subject: 'node',
    service: null,
    expression: `sum by (environment) (increase(${dropped}[10m])) + sum by (environment) (increase(${returned}[10m])) > 0`,
    limit: null,
    forMinutes: 0,
    threshold: { key: 'unroutable', parameters: {} },
    origin: model.broker.origin,
    guide: 'on-call',
    proof: {
      fires: counted('0+0x4 1+0x10'),
      holds: counted(staying(1, 14)),
      atMinute: 9,
      labels: environment,
    },
  };
}

function unrouted(model: Model, { vhost }: Topology): AlertRule {
  const metric = 'rabbitmq_detailed_queue_messages_ready';
  const kept = (messages: number): ReturnType<typeof sample> =>
    sample(metric, { vhost, queue: unroutedName }, staying(messages, 10));
  return {
    name: 'UnroutedKept',
    severity: 'warning',
    subject: unroutedName,
    service: null,
    expression: `sum by (environment) (${ofQueues(metric, vhost, [unroutedName])}) > 0`,
    limit: null,
    forMinutes: 0,
    threshold: { key: 'unrouted', parameters: { queue: unroutedName } },
    origin: model.broker.origin,
    guide: 'on-call',
    proof: {
      fires: [kept(1)],
      holds: [kept(0)],
      atMinute: 3,
      labels: environment,
    },
  };
}
