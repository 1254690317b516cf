// Alerts about the queues of one consumer group: late, close to expiry or to the limit, without consumers, with dead letters.
import type { Pointer } from '../../core/pointer.ts';
import { formatDuration } from '../../core/units.ts';
import type { Model } from '../../model/model.ts';
import { lagTolerance } from '../../model/tolerances.ts';
import { limitsOf, onLimit } from '../alert-limits.ts';
import type { AlertRule } from '../monitoring.ts';
import { matching, staying } from '../promql.ts';
import {
  recorded,
  testEnvironment,
  toleranceWords,
} from '../traffic-alerts.ts';
import type { GroupPlan } from './group-plan.ts';
import { queuesRead } from './lower-group.ts';
import type { LoweringContext } from './lowering-context.ts';
import {
  acknowledging,
  groupOfQueue,
  holding,
  sample,
} from './monitoring-samples.ts';
import { deadLetterQueueName } from './names.ts';

const environment = { environment: testEnvironment };

const firstQueue = (plan: GroupPlan): string =>
  queuesRead(plan)[0] ?? plan.queue;

/**
 * Alerts when what waits takes longer to work off, at the pace of the last five minutes, than an event may be late.
 * Quorum queues tell no age, so the time follows from pace (Little's law); nothing acknowledged at all counts as too slow.
 */
export function behindInTime(
  model: Model,
  plan: GroupPlan,
  vhost: string,
): AlertRule {
  const tolerance = lagTolerance(model, plan.group);
  const seconds = tolerance.ms / 1000;
  const lag = recorded.lagEvents;
  const queue = { vhost, name: firstQueue(plan) };
  return {
    name: 'GroupBehindInTime',
    severity: 'warning',
    subject: plan.queue,
    service: plan.group.service,
    expression: `${lag} > ${onLimit('environment', 'system', 'group')} (${recorded.handledRate} or ${lag} * 0) * ${onLimit('system', 'group')} ${limitsOf(model, 'GroupBehindInTime')}`,
    limit: {
      value: seconds,
      text: formatDuration(tolerance.ms),
      labels: [{ group: plan.queue }],
      environments: null,
    },
    forMinutes: 5,
    threshold: toleranceWords(tolerance),
    origin: tolerance.origin,
    guide: 'on-call',
    proof: {
      fires: [
        holding(queue, Math.ceil(seconds * 1.1) + 1, 20),
        ...acknowledging(queue, 1, 20),
      ],
      holds: [
        holding(queue, Math.floor(seconds * 0.9), 20),
        ...acknowledging(queue, 1, 20),
      ],
      atMinute: 15,
      labels: { ...environment, group: plan.queue },
    },
  };
}

/** Alerts when working the queue off takes longer than half of what messages may wait; those that reach it expire. */
export function nearRetention(
  plan: GroupPlan,
  context: LoweringContext,
): readonly AlertRule[] {
  if (plan.ttlMs === null) return [];
  const half = plan.ttlMs / 2000;
  const queue = { vhost: context.options.vhost, name: firstQueue(plan) };
  const longest = plan.group.channels
    .map((name) => context.channels.get(name)?.retention)
    .find((retention) => retention?.value === plan.ttlMs);
  return [
    {
      name: 'GroupNearRetention',
      severity: 'critical',
      subject: plan.queue,
      service: plan.group.service,
      expression: `${recorded.drainSeconds} > ${onLimit('system', 'group')} ${limitsOf(context.model, 'GroupNearRetention')}`,
      limit: {
        value: half,
        text: formatDuration(plan.ttlMs / 2),
        labels: [{ group: plan.queue }],
        environments: null,
      },
      forMinutes: 15,
      threshold: {
        key: 'retention',
        parameters: {
          retention: formatDuration(plan.ttlMs),
          half: formatDuration(plan.ttlMs / 2),
        },
      },
      origin: longest?.origin ?? plan.group.origin,
      guide: 'on-call',
      proof: {
        fires: [
          holding(queue, Math.ceil(half * 1.1) + 1, 30),
          ...acknowledging(queue, 1, 30),
        ],
        holds: [
          holding(queue, Math.floor(half * 0.9), 30),
          ...acknowledging(queue, 1, 30),
        ],
        atMinute: 25,
        labels: { ...environment, group: plan.queue },
      },
    },
  ];
}

/** Alerts when a queue has taken 80 % of its limit: at the limit it refuses publishers, or drops where that is declared. */
export function nearlyFull(
  model: Model,
  plan: GroupPlan,
  vhost: string,
): AlertRule {
  const limit = Math.floor(plan.maxLength * 0.8);
  const queue = { vhost, name: firstQueue(plan) };
  const messages = groupOfQueue(
    `sum by (environment, queue) (rabbitmq_detailed_queue_messages{${matching('vhost', [vhost])}})`,
  );
  return {
    name: 'QueueNearlyFull',
    severity: plan.isBestEffort ? 'warning' : 'critical',
    subject: plan.queue,
    service: plan.group.service,
    expression: `max by (environment, group) (${messages}) > ${onLimit('group')} ${limitsOf(model, 'QueueNearlyFull')}`,
    limit: {
      value: limit,
      text: String(limit),
      labels: [{ group: plan.queue }],
      environments: null,
    },
    forMinutes: 2,
    threshold: {
      key: plan.isBestEffort ? 'full.drops' : 'full.refuses',
      parameters: { limit, length: plan.maxLength },
    },
    origin: plan.group.origin,
    guide: 'on-call',
    proof: {
      fires: [holding(queue, limit + 1, 10)],
      holds: [holding(queue, limit, 10)],
      atMinute: 5,
      labels: { ...environment, group: plan.queue },
    },
  };
}

export interface ReadQueues {
  readonly name: string;
  readonly queues: readonly string[];
  readonly service: string;
  readonly origin: Pointer;
}

/** Alerts when one of the queues has no consumer, or the node answers and does not know the queue at all. */
export function noConsumers(
  model: Model,
  vhost: string,
  { name, queues, service, origin }: ReadQueues,
): AlertRule {
  const metric = 'rabbitmq_detailed_queue_consumers';
  const by = '(environment, group)';
  const wanted = limitsOf(model, 'NoConsumers');
  const read = groupOfQueue(
    `sum by (environment, queue) (${metric}{${matching('vhost', [vhost])}}) > 0`,
  );
  const present = (count: number): readonly ReturnType<typeof sample>[] => [
    sample('rabbitmq_build_info', { instance: 'a' }, staying(1, 20)),
    ...queues.map((queue, index) =>
      sample(metric, { vhost, queue }, staying(index === 0 ? count : 1, 20)),
    ),
  ];
  return {
    name: 'NoConsumers',
    severity: 'critical',
    subject: name,
    service,
    expression: `${wanted} unless on ${by} (count by ${by} (${read}) >= on ${by} ${wanted})`,
    limit: {
      value: queues.length,
      text: '',
      labels: [{ group: name }],
      environments: 'max by (environment) (rabbitmq_build_info)',
    },
    forMinutes: 5,
    threshold: { key: 'consumers', parameters: {} },
    origin,
    guide: 'on-call',
    proof: {
      fires: present(0),
      holds: present(1),
      atMinute: 8,
      labels: { ...environment, group: name },
    },
  };
}

/** Alerts while a group's dead-letter queue holds anything. */
export function deadLettersParked(
  model: Model,
  plan: GroupPlan,
  vhost: string,
): readonly AlertRule[] {
  if (!plan.hasDeadLetter) return [];
  const name = deadLetterQueueName(plan.queue);
  const parked = (messages: number): ReturnType<typeof sample> =>
    sample(
      'rabbitmq_detailed_queue_messages_ready',
      { vhost, queue: name },
      staying(messages, 10),
    );
  return [
    {
      name: 'DeadLetters',
      severity: 'warning',
      subject: name,
      service: plan.group.service,
      expression: `sum by (environment, queue) (rabbitmq_detailed_queue_messages_ready{${matching('vhost', [vhost])}}) > ${onLimit('queue')} ${limitsOf(model, 'DeadLetters')}`,
      limit: {
        value: 0,
        text: '',
        labels: [{ queue: name }],
        environments: null,
      },
      forMinutes: 0,
      threshold: { key: 'dead-letters', parameters: {} },
      origin: plan.attempts.origin,
      guide: 'dead-letters',
      proof: {
        fires: [parked(1)],
        holds: [parked(0)],
        atMinute: 3,
        labels: { ...environment, queue: name },
      },
    },
  ];
}
