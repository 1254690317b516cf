// Alerts about the nodes: memory and disk alarms, which block every publisher, and nodes that are missing.
import type { Environment, Model } from '../../model/model.ts';
import type { AlertRule } from '../monitoring.ts';
import { matching, seriesOf, staying } from '../promql.ts';
import { testEnvironment } from '../traffic-alerts.ts';
import { sample } from './monitoring-samples.ts';

/** Lists the alerts about nodes. */
export function nodeAlerts(model: Model): readonly AlertRule[] {
  return [
    alarm(model, 'MemoryAlarm', 'rabbitmq_alarms_memory_used_watermark'),
    alarm(model, 'DiskAlarm', 'rabbitmq_alarms_free_disk_space_watermark'),
    ...model.environments.map(nodesMissing),
  ];
}

function alarm(model: Model, name: string, metric: string): AlertRule {
  const raised = (is: number): ReturnType<typeof sample> =>
    sample(metric, { instance: 'a' }, staying(is, 10));
  return {
    name,
    severity: 'critical',
    subject: 'node',
    service: null,
    expression: `max by (environment) (${metric}) > 0`,
    limit: null,
    forMinutes: 0,
    threshold: { key: 'alarm', parameters: {} },
    origin: model.broker.origin,
    guide: 'on-call',
    proof: {
      fires: [raised(1)],
      holds: [raised(0)],
      atMinute: 3,
      labels: { environment: testEnvironment },
    },
  };
}

function nodesMissing({ name, replication }: Environment): AlertRule {
  const copies = replication.value;
  const nodes = (up: number): readonly ReturnType<typeof sample>[] =>
    Array.from({ length: copies }, (_, index) => ({
      series: seriesOf('up', {
        environment: name,
        job: 'rabbitmq',
        instance: String(index),
      }),
      values: staying(index < up ? 1 : 0, 10),
    }));
  return {
    name: 'NodesMissing',
    severity: 'critical',
    subject: name,
    service: null,
    expression: `sum by (environment) (up{job="rabbitmq",${matching('environment', [name])}}) < ${copies}`,
    limit: null,
    forMinutes: 2,
    threshold: { key: 'nodes', parameters: { minimum: copies, name } },
    origin: replication.origin,
    guide: 'on-call',
    proof: {
      fires: nodes(copies - 1),
      holds: nodes(copies),
      atMinute: 5,
      labels: { environment: name },
    },
  };
}
