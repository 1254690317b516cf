// How a design is watched on Kafka, by the metrics of kafka_exporter (https://github.com/danielqsj/kafka_exporter, 1.9).
// Client side, Java clients only: bean kafka.consumer:type=consumer-fetch-manager-metrics, attribute records-lag-max.
// Brokers, by a JMX exporter: kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions and UnderMinIsrPartitionCount,
// kafka.controller:type=KafkaController,name=OfflinePartitionsCount and ActiveControllerCount. Their Prometheus names depend on
// the exporter's own rules, so no rule here builds on them.
import { pathSegment } from '../../core/artifact.ts';
import { planCapacity } from '../../model/capacity.ts';
import type { Model } from '../../model/model.ts';
import type { Monitoring, RecordingRule } from '../monitoring.ts';
import { matching, relabelled } from '../promql.ts';
import {
  arrivalAbovePeak,
  behindInEvents,
  recorded,
  trafficPanels,
} from '../traffic-alerts.ts';
import { clusterAlerts } from './monitoring-cluster.ts';
import {
  behindInTime,
  nearRetention,
  noConsumers,
  retryBehind,
} from './monitoring-groups.ts';
import { kafkaPanels } from './monitoring-panels.ts';
import { arriving, lagging } from './monitoring-samples.ts';
import { responderGroup } from './names.ts';
import { planKafka } from './plan-kafka.ts';

/** Describes the rules, panels and scrapes of a model on Kafka. Pure; grows linearly with the model. */
export function kafkaMonitoring(model: Model): Monitoring {
  const capacity = planCapacity(model);
  const { topics } = planKafka(model);
  const channels = new Map(model.channels.map((one) => [one.name, one]));
  const retries = topics.filter(({ role }) => role === 'retry');
  return {
    recordings: recordings(model),
    alerts: [
      ...model.groups.flatMap((group) => [
        behindInTime(model, group),
        ...behindInEvents(model, {
          group,
          name: group.name,
          load: capacity.groups.get(group.name)?.load ?? null,
          lagging: (events, minutes) => [lagging(group, events, minutes)],
        }),
        ...group.channels.flatMap((name) => {
          const channel = channels.get(name);
          return channel === undefined
            ? []
            : nearRetention(model, group, channel);
        }),
        noConsumers(model, group),
      ]),
      ...retries.flatMap((topic) => retryBehind(model, topic)),
      ...model.requests.map((request) =>
        noConsumers(model, {
          name: responderGroup(request.name),
          service: request.responder,
          origin: request.origin,
        }),
      ),
      ...model.channels.flatMap((channel) =>
        arrivalAbovePeak(model, {
          channel,
          load: capacity.channels.get(channel.name)?.load ?? null,
          arriving: (perSecond, minutes) => [
            arriving(channel.name, perSecond, minutes),
          ],
        }),
      ),
      ...clusterAlerts(model, topics),
    ],
    panels: [...trafficPanels, ...kafkaPanels(topics)],
    jobs: [
      {
        name: 'kafka',
        path: '/metrics',
        parameters: {},
        targets: ({ name }) => [`kafka-exporter-${pathSegment(name)}:9308`],
      },
    ],
  };
}

function recordings(model: Model): readonly RecordingRule[] {
  const groups = matching(
    'consumergroup',
    model.groups.map(({ name }) => name),
  );
  const topics = matching(
    'topic',
    model.channels.map(({ name }) => name),
  );
  const group = { from: 'consumergroup', to: 'group' };
  const channel = { from: 'topic', to: 'channel' };
  return [
    {
      name: recorded.lagEvents,
      // -1 says that the group never committed on the partition.
      expression: `sum by (environment, group) (${relabelled(`clamp_min(kafka_consumergroup_lag{${groups}}, 0)`, group)})`,
    },
    {
      name: recorded.handledRate,
      expression: `sum by (environment, group) (${relabelled(`rate(kafka_consumergroup_current_offset{${groups}}[5m])`, group)})`,
    },
    {
      name: recorded.drainSeconds,
      expression: `${recorded.lagEvents} / (${recorded.handledRate} > 0)`,
    },
    {
      name: recorded.publishedRate,
      expression: `sum by (environment, channel) (${relabelled(`rate(kafka_topic_partition_current_offset{${topics}}[5m])`, channel)})`,
    },
  ];
}
