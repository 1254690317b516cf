// Alerts about the Kafka cluster and about topics that nobody should write to: dead letters, replicas, brokers.
import { onceFor } from '../../core/once-for.ts';
import { formatDuration } from '../../core/units.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { Environment, Model } from '../../model/model.ts';
import { limitsOf, onLimit } from '../alert-limits.ts';
import type { AlertRule } from '../monitoring.ts';
import { matching, seriesOf, staying } from '../promql.ts';
import { testEnvironment } from '../traffic-alerts.ts';
import type { Topic } from './design.ts';
import { sample, sampler } from './monitoring-samples.ts';

/** Lists the alerts that are about no single group. */
export function clusterAlerts(
  model: Model,
  topics: readonly Topic[],
): readonly AlertRule[] {
  return [
    ...topics
      .filter(({ role }) => role === 'dead-letter')
      .map((topic) => deadLetters(model, topic)),
    underReplicated(model),
    ...model.environments.flatMap((environment) => [
      underMinInSync(environment),
      brokersMissing(environment),
    ]),
  ];
}

const parkedLately: (model: Model) => string = onceFor(
  (model) =>
    `sum by (environment, topic) (increase(kafka_topic_partition_current_offset[10m])) > ${onLimit('topic')} ${limitsOf(model, 'DeadLetters')}`,
);

function deadLetters(model: Model, topic: Topic): AlertRule {
  const parked = sampler('kafka_topic_partition_current_offset', {
    topic: topic.name,
    partition: '0',
  });
  const service =
    gatherFacts(model)
      .groups()
      .get(topic.group ?? '')?.service ?? null;
  const kept = topic.settings.find(({ key }) => key === 'retention.ms')?.value;
  return {
    name: 'DeadLetters',
    severity: 'warning',
    subject: topic.name,
    service,
    expression: parkedLately(model),
    limit: {
      value: 0,
      text: '',
      labels: [{ topic: topic.name }],
      environments: null,
    },
    forMinutes: 0,
    threshold:
      kept === undefined
        ? { key: 'dead-letters', parameters: {} }
        : {
            key: 'dead-letters.kept',
            parameters: { kept: formatDuration(Number(kept)) },
          },
    origin: topic.why.origin,
    guide: 'dead-letters',
    proof: {
      fires: [parked('7+0x4 8+0x10')],
      holds: [parked(staying(7, 14))],
      atMinute: 9,
      labels: { environment: testEnvironment, topic: topic.name },
    },
  };
}

const partition = (is: number): ReturnType<typeof sample> =>
  sample(
    'kafka_topic_partition_under_replicated_partition',
    { topic: 'any', partition: '0' },
    staying(is, 20),
  );

function underReplicated(model: Model): AlertRule {
  const [first] = model.environments;
  return {
    name: 'PartitionsUnderReplicated',
    severity: 'warning',
    subject: 'cluster',
    service: null,
    expression:
      'sum by (environment) (kafka_topic_partition_under_replicated_partition) > 0',
    limit: null,
    forMinutes: 10,
    threshold: { key: 'replicas', parameters: {} },
    origin: first?.replication.origin ?? '/environments',
    guide: 'on-call',
    proof: {
      fires: [partition(1)],
      holds: [partition(0)],
      atMinute: 13,
      labels: { environment: testEnvironment },
    },
  };
}

// Internal topics have a min ISR of their own.
const ownTopics = 'topic!~"__.*"';

function underMinInSync({ name, minInSync }: Environment): AlertRule {
  const inSync = (replicas: number): ReturnType<typeof sample> => ({
    series: seriesOf('kafka_topic_partition_in_sync_replica', {
      environment: name,
      topic: 'any',
      partition: '0',
    }),
    values: staying(replicas, 20),
  });
  return {
    name: 'PartitionsUnderMinIsr',
    severity: 'critical',
    subject: name,
    service: null,
    expression: `count by (environment) (kafka_topic_partition_in_sync_replica{${matching('environment', [name])},${ownTopics}} < ${minInSync.value}) > 0`,
    limit: null,
    forMinutes: 2,
    threshold: {
      key: 'min-isr',
      parameters: { minimum: minInSync.value, name },
      count: 'minimum',
    },
    origin: minInSync.origin,
    guide: 'on-call',
    proof: {
      fires: [inSync(minInSync.value - 1)],
      holds: [inSync(minInSync.value)],
      atMinute: 5,
      labels: { environment: name },
    },
  };
}

function brokersMissing({ name, replication }: Environment): AlertRule {
  const brokers = (count: number): ReturnType<typeof sample> => ({
    series: seriesOf('kafka_brokers', { environment: name }),
    values: staying(count, 20),
  });
  return {
    name: 'NodesMissing',
    severity: 'critical',
    subject: name,
    service: null,
    expression: `max by (environment) (kafka_brokers{${matching('environment', [name])}}) < ${replication.value}`,
    limit: null,
    forMinutes: 2,
    threshold: {
      key: 'nodes',
      parameters: { minimum: replication.value, name },
    },
    origin: replication.origin,
    guide: 'on-call',
    proof: {
      fires: [brokers(replication.value - 1)],
      holds: [brokers(replication.value)],
      atMinute: 5,
      labels: { environment: name },
    },
  };
}
