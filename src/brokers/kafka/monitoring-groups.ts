// Alerts about consumer groups on Kafka: late, close to what retention deletes, without members.
import type { Pointer } from '../../core/pointer.ts';
import { formatDuration } from '../../core/units.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Channel, ConsumerGroup, Model } from '../../model/model.ts';
import { lagTolerance } from '../../model/tolerances.ts';
import type { AlertLimit, AlertProof, AlertRule } from '../monitoring.ts';
import { growing, staying } from '../promql.ts';
import {
  minutesIn,
  testEnvironment,
  toleranceWords,
} from '../traffic-alerts.ts';
import type { Topic } from './design.ts';
import {
  unreadAfter,
  unreadOfKept,
  withoutMembers,
} from './monitoring-expressions.ts';
import { sample, sampler } from './monitoring-samples.ts';

const environment = { environment: testEnvironment };

/**
 * Alerts when an event that was in the log so long ago is not committed yet: the end of the log then, against the group's
 * position now. Exact, unlike lag divided by a rate, and it also tells of a group that stands still on a quiet topic.
 */
export function behindInTime(model: Model, group: ConsumerGroup): AlertRule {
  const tolerance = lagTolerance(model, group);
  return {
    name: 'GroupBehindInTime',
    severity: 'warning',
    subject: group.name,
    service: group.service,
    ...notReadAfter(model, {
      alert: 'GroupBehindInTime',
      reader: group.name,
      topics: group.channels,
      limitMs: tolerance.ms,
    }),
    forMinutes: 2,
    threshold: toleranceWords(tolerance),
    origin: tolerance.origin,
    guide: 'on-call',
    proof: lateProof(group.name, group.channels[0] ?? '', tolerance.ms),
  };
}

/** Alerts when a retry topic is not read long after its delay: failed messages are then neither retried nor given up. */
export function retryBehind(model: Model, topic: Topic): readonly AlertRule[] {
  const reader = topic.readBy;
  const group = gatherFacts(model)
    .groups()
    .get(topic.group ?? '');
  if (reader === null || group === undefined) return [];
  const delayMs = topic.delayMs ?? 0;
  const { ms: toleratedMs } = lagTolerance(model, group);
  const limitMs = Math.ceil((delayMs + toleratedMs) / 60_000) * 60_000;
  return [
    {
      name: 'RetriesStuck',
      severity: 'warning',
      subject: reader,
      service: group.service,
      ...notReadAfter(model, {
        alert: 'RetriesStuck',
        reader,
        topics: [topic.name],
        limitMs,
      }),
      forMinutes: 2,
      threshold: {
        key: 'retry-delay',
        parameters: {
          limit: formatDuration(limitMs),
          delay: formatDuration(delayMs),
          late: formatDuration(toleratedMs),
        },
      },
      origin: topic.why.origin,
      guide: 'on-call',
      proof: lateProof(reader, topic.name, limitMs),
    },
  ];
}

/** One rule for each limit, since PromQL takes no computed offset. */
function notReadAfter(
  model: Model,
  reading: {
    readonly alert: string;
    readonly reader: string;
    readonly topics: readonly string[];
    readonly limitMs: number;
  },
): { readonly expression: string; readonly limit: AlertLimit } {
  const { alert, reader, topics, limitMs } = reading;
  return {
    expression: unreadAfter(model, alert, limitMs),
    limit: {
      value: limitMs / 1000,
      text: formatDuration(limitMs),
      labels: topics.map((topic) => ({ consumergroup: reader, topic })),
      environments: null,
    },
  };
}

function lateProof(group: string, topic: string, limitMs: number): AlertProof {
  const late = minutesIn(limitMs);
  const minutes = late + 10;
  const log = sample(
    'kafka_topic_partition_current_offset',
    { topic, partition: '0' },
    growing(60, minutes),
  );
  const position = sampler('kafka_consumergroup_current_offset', {
    consumergroup: group,
    topic,
    partition: '0',
  });
  return {
    fires: [log, position(staying(0, minutes))],
    // Exactly as late as it may be: the position is the end of the log at that time.
    holds: [log, position(growing(60, minutes, -60 * late))],
    atMinute: late + 6,
    labels: environment,
  };
}

/**
 * Alerts when a group has yet to read more than half of what a partition still keeps, once the partition has begun to delete:
 * the log then spans the whole retention, so half of it is about half the time. Needs no history in Prometheus.
 */
export function nearRetention(
  model: Model,
  group: ConsumerGroup,
  channel: Channel,
): readonly AlertRule[] {
  const retention = channel.retention.value;
  if (retention === 'forever' || channel.isCompacted.value) return [];
  const labels = { topic: channel.name, partition: '0' };
  const log = [
    sample('kafka_topic_partition_current_offset', labels, staying(2000, 20)),
    sample('kafka_topic_partition_oldest_offset', labels, staying(1000, 20)),
  ];
  const lag = sampler('kafka_consumergroup_lag', {
    consumergroup: group.name,
    ...labels,
  });
  return [
    {
      name: 'GroupNearRetention',
      severity: 'critical',
      subject:
        group.channels.length === 1
          ? group.name
          : `${group.name} on ${channel.name}`,
      service: group.service,
      expression: unreadOfKept(model),
      limit: {
        value: 0.5,
        text: formatDuration(retention / 2),
        labels: [{ consumergroup: group.name, topic: channel.name }],
        environments: null,
      },
      forMinutes: 5,
      threshold: {
        key: 'retention',
        parameters: {
          retention: formatDuration(retention),
          half: formatDuration(retention / 2),
        },
      },
      origin: channel.retention.origin,
      guide: 'on-call',
      proof: {
        fires: [...log, lag(staying(501, 20))],
        holds: [...log, lag(staying(500, 20))],
        atMinute: 8,
        labels: environment,
      },
    },
  ];
}

const cluster = sample('kafka_brokers', {}, staying(1, 20));

/** Alerts when a group has no members, or the cluster does not know it at all although the exporter answers. */
export function noConsumers(
  model: Model,
  {
    name,
    service,
    origin,
  }: {
    readonly name: string;
    readonly service: string;
    readonly origin: Pointer;
  },
): AlertRule {
  const members = sampler('kafka_consumergroup_members', {
    consumergroup: name,
  });
  return {
    name: 'NoConsumers',
    severity: 'critical',
    subject: name,
    service,
    expression: withoutMembers(model),
    limit: {
      value: 1,
      text: '',
      labels: [{ consumergroup: name }],
      environments: 'max by (environment) (kafka_brokers)',
    },
    forMinutes: 5,
    threshold: { key: 'consumers', parameters: {} },
    origin,
    guide: 'on-call',
    proof: {
      fires: [cluster, members(staying(0, 20))],
      holds: [cluster, members(staying(1, 20))],
      atMinute: 8,
      labels: { ...environment, consumergroup: name },
    },
  };
}
