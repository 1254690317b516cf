// The panels over what services expose about themselves.
import type { Panel } from '../../brokers/monitoring.ts';
import type { Model } from '../../model/model.ts';
import { serviceMetrics as metrics } from '../../model/service-metrics.ts';

const inEnvironment = 'environment=~"$environment"';
const ofGroup = `${inEnvironment},group=~"$group"`;

/** Lists the panels about handling, outboxes and sagas, as far as the model has them. */
export function servicePanels(model: Model): readonly Panel[] {
  return [
    {
      key: 'failures',
      section: 'services',
      unit: 'eps',
      queries: [
        {
          expression: `sum by (group) (rate(${metrics.failures}{${ofGroup}}[5m]))`,
          legend: '{{group}}',
        },
      ],
    },
    {
      key: 'handling-time',
      section: 'services',
      unit: 's',
      queries: [
        {
          expression: `histogram_quantile(0.95, sum by (group, le) (rate(${metrics.handlingSeconds}_bucket{${ofGroup}}[5m])))`,
          legend: '{{group}}',
        },
      ],
    },
    ...(model.publications.some(({ hasOutbox }) => hasOutbox.value)
      ? [outbox]
      : []),
    ...(model.sagas.some(({ coordinator }) => coordinator !== null)
      ? [sagas]
      : []),
  ];
}

const outbox: Panel = {
  key: 'outbox',
  section: 'services',
  unit: 's',
  queries: [
    {
      expression: `max by (service) (${metrics.outboxOldestSeconds}{${inEnvironment}})`,
      legend: '{{service}}',
    },
  ],
};

const sagas: Panel = {
  key: 'sagas',
  section: 'services',
  unit: 'eps',
  queries: [
    {
      expression: `sum by (saga) (rate(${metrics.sagasStarted}{${inEnvironment}}[5m]))`,
      legend: '{{saga}} started',
    },
    {
      expression: `sum by (saga, status) (rate(${metrics.sagasEnded}{${inEnvironment}}[5m]))`,
      legend: '{{saga}} {{status}}',
    },
  ],
};
