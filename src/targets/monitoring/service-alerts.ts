// Alerts over what services expose about themselves, whatever the broker: failures and sagas here, outboxes beside.
import { limitsOf, onLimit } from '../../brokers/alert-limits.ts';
import type { AlertRule, SampleSeries } from '../../brokers/monitoring.ts';
import { growing, staying } from '../../brokers/promql.ts';
import { onceFor } from '../../core/once-for.ts';
import { formatDuration } from '../../core/units.ts';
import type { ConsumerGroup, Model, Saga } from '../../model/model.ts';
import { serviceMetrics as metrics } from '../../model/service-metrics.ts';
import { failureTolerance } from '../../model/tolerances.ts';
import { outboxAlerts } from './outbox-alerts.ts';
import { environment, sample, sampler } from './service-samples.ts';

const failed = `sum by (environment, group) (rate(${metrics.failures}[10m]))`;
const handled = `sum by (environment, group) (rate(${metrics.handled}[10m]))`;

const failing: (model: Model) => string = onceFor(
  (model) =>
    // A group that has handled nothing yet has no counter of what it handled.
    `${failed} / (${failed} + (${handled} or ${failed} * 0)) > ${onLimit('group')} ${limitsOf(model, 'HandlingFails')}`,
);

/** Lists the alerts over service metrics, in spec order. */
export function serviceAlerts(model: Model): readonly AlertRule[] {
  return [
    ...model.groups.map((group) => handlingFails(model, group)),
    ...outboxAlerts(model),
    ...model.sagas.flatMap((saga) =>
      saga.coordinator === null
        ? []
        : [sagaOverdue(model, saga), sagaTimesOut(model, saga)],
    ),
  ];
}

function handlingFails(model: Model, group: ConsumerGroup): AlertRule {
  const { share, attempts, origin } = failureTolerance(model, group);
  const labels = { group: group.name, type: 'any' };
  const failures = sampler(metrics.failures, labels);
  const successes = sampler(metrics.handled, labels);
  const counted = (perHundred: number): readonly SampleSeries[] => [
    failures(growing(perHundred, 30)),
    successes(growing(100 - perHundred, 30)),
  ];
  return {
    name: 'HandlingFails',
    severity: 'warning',
    subject: group.name,
    service: group.service,
    expression: failing(model),
    limit: {
      value: share,
      text: `${Math.round(share * 100)} %`,
      labels: [{ group: group.name }],
      environments: null,
    },
    forMinutes: 5,
    threshold: {
      key: 'failures',
      parameters: {
        share: Math.round(share * 100),
        attempts,
        lost: Number((share ** attempts * 100).toPrecision(1)),
      },
      count: 'attempts',
    },
    origin,
    guide: 'on-call',
    proof: {
      fires: counted(share * 110),
      holds: counted(share * 90),
      atMinute: 25,
      labels: { ...environment, group: group.name },
    },
  };
}

// A saga that outlives its timeout was not ended by its timer: the timers do not run, or the database is not reached.
function sagaOverdue(model: Model, saga: Saga): AlertRule {
  // In whole numbers, as 1.1 is no binary fraction.
  const limit = Math.ceil((saga.timeoutMs.value * 11) / 10_000) + 60;
  const oldest = (age: number): readonly SampleSeries[] => [
    sample(metrics.sagaOldestSeconds, { saga: saga.name }, staying(age, 10)),
  ];
  return {
    name: 'SagaOverdue',
    severity: 'critical',
    subject: saga.name,
    service: saga.coordinator,
    expression: `max by (environment, saga) (${metrics.sagaOldestSeconds}) > ${onLimit('saga')} ${limitsOf(model, 'SagaOverdue')}`,
    limit: {
      value: limit,
      text: formatDuration(limit * 1000),
      labels: [{ saga: saga.name }],
      environments: null,
    },
    forMinutes: 2,
    threshold: {
      key: 'saga-overdue',
      parameters: {
        timeout: formatDuration(saga.timeoutMs.value),
        limit: formatDuration(limit * 1000),
      },
    },
    origin: saga.timeoutMs.origin,
    guide: 'on-call',
    proof: {
      fires: oldest(limit + 1),
      holds: oldest(limit),
      atMinute: 5,
      labels: { ...environment, saga: saga.name },
    },
  };
}

function sagaTimesOut(model: Model, saga: Saga): AlertRule {
  const counted = (values: string): readonly SampleSeries[] => [
    sample(metrics.sagaTimeouts, { saga: saga.name, step: '' }, values),
  ];
  return {
    name: 'SagaTimesOut',
    severity: 'warning',
    subject: saga.name,
    service: saga.coordinator,
    expression: `sum by (environment, saga) (increase(${metrics.sagaTimeouts}[10m])) > ${onLimit('saga')} ${limitsOf(model, 'SagaTimesOut')}`,
    limit: {
      value: 0,
      text: '',
      labels: [{ saga: saga.name }],
      environments: null,
    },
    forMinutes: 0,
    threshold: {
      key: 'saga-timeout',
      parameters: { timeout: formatDuration(saga.timeoutMs.value) },
    },
    origin: saga.timeoutMs.origin,
    guide: 'on-call',
    proof: {
      fires: counted('0+0x4 1+0x10'),
      holds: counted(staying(1, 14)),
      atMinute: 9,
      labels: { ...environment, saga: saga.name },
    },
  };
}
