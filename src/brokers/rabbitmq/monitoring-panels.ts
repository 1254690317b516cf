// The panels of a RabbitMQ dashboard beside those of the traffic.
import type { Panel, PanelQuery } from '../monitoring.ts';
import { matching } from '../promql.ts';
import type { Queue, Topology } from './topology.ts';

const inEnvironment = 'environment=~"$environment"';

/** Lists the panels about queues, dead letters, routing, confirms and nodes. */
export function rabbitmqPanels(topology: Topology): readonly Panel[] {
  return [...queuePanels(topology), ...nodePanels];
}

function queuePanels({ queues, vhost }: Topology): readonly Panel[] {
  const here = `${inEnvironment},${matching('vhost', [vhost])}`;
  const ready = (role: Queue['role']): readonly PanelQuery[] => {
    const names = queues
      .filter((queue) => queue.role === role)
      .map(({ name }) => name);
    return names.length === 0
      ? []
      : [
          {
            expression: `sum by (queue) (rabbitmq_detailed_queue_messages_ready{${here},${matching('queue', names)}})`,
            legend: '{{queue}}',
          },
        ];
  };
  const panels: readonly Panel[] = [
    {
      key: 'dead-letters',
      section: 'flow',
      unit: 'short',
      queries: ready('dead-letter'),
    },
    { key: 'retries', section: 'flow', unit: 'short', queries: ready('retry') },
    {
      key: 'consumers',
      section: 'flow',
      unit: 'short',
      queries: [
        {
          expression: `sum by (queue) (rabbitmq_detailed_queue_consumers{${here},queue=~"($group)(\\\\.lane\\\\.[0-9]+)?"})`,
          legend: '{{queue}}',
        },
      ],
    },
  ];
  return panels.filter(({ queries }) => queries.length > 0);
}

const rate = (counter: string, labels = ''): string =>
  `sum by (environment) (rate(${counter}{${inEnvironment}${labels}}[5m]))`;

const lost = (reason: string): PanelQuery => ({
  expression: rate(
    `rabbitmq_global_messages_dead_lettered_${reason}_total`,
    ',dead_letter_strategy="disabled"',
  ),
  legend: reason,
});

const nodePanels: readonly Panel[] = [
  {
    key: 'lost',
    section: 'broker',
    unit: 'eps',
    queries: ['rejected', 'delivery_limit', 'expired', 'maxlen'].map(lost),
  },
  {
    key: 'unroutable',
    section: 'broker',
    unit: 'eps',
    queries: [
      {
        expression: rate('rabbitmq_global_messages_unroutable_dropped_total'),
        legend: 'dropped',
      },
      {
        expression: rate('rabbitmq_global_messages_unroutable_returned_total'),
        legend: 'returned',
      },
    ],
  },
  {
    key: 'confirms',
    section: 'broker',
    unit: 'eps',
    queries: [
      {
        expression: rate('rabbitmq_global_messages_received_confirm_total'),
        legend: 'asked',
      },
      {
        expression: rate('rabbitmq_global_messages_confirmed_total'),
        legend: 'confirmed',
      },
    ],
  },
  {
    key: 'alarms',
    section: 'broker',
    unit: 'bool',
    queries: [
      {
        expression: `max by (instance) (rabbitmq_alarms_memory_used_watermark{${inEnvironment}})`,
        legend: 'memory {{instance}}',
      },
      {
        expression: `max by (instance) (rabbitmq_alarms_free_disk_space_watermark{${inEnvironment}})`,
        legend: 'disk {{instance}}',
      },
    ],
  },
  {
    key: 'nodes',
    section: 'broker',
    unit: 'short',
    queries: [
      {
        expression: `sum by (environment) (up{job="rabbitmq",${inEnvironment}})`,
        legend: '{{environment}}',
      },
    ],
  },
];
