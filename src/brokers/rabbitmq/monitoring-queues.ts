// Alerts about the queues of one consumer group: late, close to expiry or to the limit, without consumers, with dead letters.
import type { Pointer } from '../../core/pointer.ts';
import { formatDuration } from '../../core/units.ts';
import type { Model } from '../../model/model.ts';
import { lagTolerance } from '../../model/tolerances.ts';
import type { AlertRule } from '../monitoring.ts';
import { staying } from '../promql.ts';
import { testEnvironment, toleranceWords } from '../traffic-alerts.ts';
import type { GroupPlan } from './group-plan.ts';
import { queuesRead } from './lower-group.ts';
import type { LoweringContext } from './lowering-context.ts';
import {
  drainedTooLate,
  fuller,
  parkedNow,
  slowerThanLimit,
  withoutConsumers,
} from './monitoring-expressions.ts';
import {
  acknowledging,
  holding,
  sample,
  sampler,
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
  const queue = { vhost, name: firstQueue(plan) };
  return {
    name: 'GroupBehindInTime',
    severity: 'warning',
    subject: plan.queue,
    service: plan.group.service,
    expression: slowerThanLimit(model),
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
      expression: drainedTooLate(context.model),
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
  return {
    name: 'QueueNearlyFull',
    severity: plan.isBestEffort ? 'warning' : 'critical',
    subject: plan.queue,
    service: plan.group.service,
    expression: fuller(model),
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
    expression: withoutConsumers(model),
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
  const parked = sampler('rabbitmq_detailed_queue_messages_ready', {
    vhost,
    queue: name,
  });
  return [
    {
      name: 'DeadLetters',
      severity: 'warning',
      subject: name,
      service: plan.group.service,
      expression: parkedNow(model),
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
        fires: [parked(staying(1, 10))],
        holds: [parked(staying(0, 10))],
        atMinute: 3,
        labels: { ...environment, queue: name },
      },
    },
  ];
}
