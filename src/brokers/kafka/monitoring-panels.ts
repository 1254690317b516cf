// The panels of a Kafka dashboard beside those of the traffic.
import type { Panel } from '../monitoring.ts';
import { matching } from '../promql.ts';
import type { Topic } from './design.ts';

const inEnvironment = 'environment=~"$environment"';

/** Lists the panels about dead letters, retries, members and replicas. */
export function kafkaPanels(topics: readonly Topic[]): readonly Panel[] {
  const named = (role: Topic['role']): readonly string[] =>
    topics.filter((topic) => topic.role === role).map(({ name }) => name);
  const dead = named('dead-letter');
  const retries = named('retry');
  return [
    ...(dead.length === 0 ? [] : [newIn('dead-letters', dead)]),
    ...(retries.length === 0 ? [] : [newIn('retries', retries)]),
    {
      key: 'consumers',
      section: 'flow',
      unit: 'short',
      queries: [
        {
          expression: `sum by (consumergroup) (kafka_consumergroup_members{${inEnvironment},consumergroup=~"$group"})`,
          legend: '{{consumergroup}}',
        },
      ],
    },
    {
      key: 'replicas',
      section: 'broker',
      unit: 'short',
      queries: [
        {
          expression: `sum by (environment) (kafka_topic_partition_under_replicated_partition{${inEnvironment}})`,
          legend: '{{environment}}',
        },
      ],
    },
    {
      key: 'in-sync',
      section: 'broker',
      unit: 'short',
      queries: [
        {
          expression: `min by (topic) (kafka_topic_partition_in_sync_replica{${inEnvironment},topic!~"__.*"})`,
          legend: '{{topic}}',
        },
      ],
    },
    {
      key: 'nodes',
      section: 'broker',
      unit: 'short',
      queries: [
        {
          expression: `max by (environment) (kafka_brokers{${inEnvironment}})`,
          legend: '{{environment}}',
        },
      ],
    },
  ];
}

function newIn(key: string, topics: readonly string[]): Panel {
  return {
    key,
    section: 'flow',
    unit: 'short',
    queries: [
      {
        expression: `sum by (topic) (increase(kafka_topic_partition_current_offset{${inEnvironment},${matching('topic', topics)}}[10m]))`,
        legend: '{{topic}}',
      },
    ],
  };
}
