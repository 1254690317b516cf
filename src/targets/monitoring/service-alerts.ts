// Alerts over what services expose about themselves, whatever the broker: failures, outboxes, sagas.
import { limitsOf, onLimit } from '../../brokers/alert-limits.ts';
import type { AlertRule, SampleSeries } from '../../brokers/monitoring.ts';
import { growing, matching, seriesOf, staying } from '../../brokers/promql.ts';
import { formatDuration } from '../../core/units.ts';
import type {
  ConsumerGroup,
  Model,
  Publication,
  Saga,
} from '../../model/model.ts';
import { serviceMetrics as metrics } from '../../model/service-metrics.ts';
import { failureTolerance, lagTolerance } from '../../model/tolerances.ts';

const environment = { environment: 'test' };

const sample = (
  metric: string,
  labels: Readonly<Record<string, string>>,
  values: string,
): SampleSeries => ({
  series: seriesOf(metric, { ...environment, ...labels }),
  values,
});

/** Lists the alerts over service metrics, in spec order. */
export function serviceAlerts(model: Model): readonly AlertRule[] {
  const relayed = new Map<string, Publication[]>();
  for (const publication of model.publications) {
    if (!publication.hasOutbox.value) continue;
    const known = relayed.get(publication.service);
    if (known === undefined) relayed.set(publication.service, [publication]);
    else known.push(publication);
  }
  return [
    ...model.groups.map((group) => handlingFails(model, group)),
    ...[...relayed.values()].flatMap((publications) => [
      outboxStuck(model, publications),
      publishFails(publications),
    ]),
    ...model.sagas.flatMap((saga) =>
      saga.coordinator === null
        ? []
        : [sagaOverdue(model, saga), sagaTimesOut(model, saga)],
    ),
  ];
}

function handlingFails(model: Model, group: ConsumerGroup): AlertRule {
  const { share, attempts, origin } = failureTolerance(model, group);
  const rate = (metric: string): string =>
    `sum by (environment, group) (rate(${metric}[10m]))`;
  const failed = rate(metrics.failures);
  const counted = (perHundred: number): readonly SampleSeries[] => {
    const labels = { group: group.name, type: 'any' };
    return [
      sample(metrics.failures, labels, growing(perHundred, 30)),
      sample(metrics.handled, labels, growing(100 - perHundred, 30)),
    ];
  };
  return {
    name: 'HandlingFails',
    severity: 'warning',
    subject: group.name,
    service: group.service,
    // A group that has handled nothing yet has no counter of what it handled.
    expression: `${failed} / (${failed} + (${rate(metrics.handled)} or ${failed} * 0)) > ${onLimit('group')} ${limitsOf(model, 'HandlingFails')}`,
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

/** Half of the time that the strictest reader of these events grants from publication to handling. */
function outboxStuck(
  model: Model,
  publications: readonly Publication[],
): AlertRule {
  const [first] = publications;
  const service = first?.service ?? '';
  const events = new Set(publications.map(({ event }) => event));
  const strictest = model.groups
    .filter((group) => group.events.some((event) => events.has(event)))
    .map((group) => ({ group, ms: lagTolerance(model, group).ms }))
    .toSorted((left, right) => left.ms - right.ms)[0];
  const limitMs = (strictest?.ms ?? 300_000) / 2;
  const limit = limitMs / 1000;
  const oldest = (seconds: number): readonly SampleSeries[] => [
    sample(metrics.outboxOldestSeconds, { service }, staying(seconds, 10)),
  ];
  return {
    name: 'OutboxStuck',
    severity: 'critical',
    subject: service,
    service,
    expression: `max by (environment, service) (${metrics.outboxOldestSeconds}) > ${onLimit('service')} ${limitsOf(model, 'OutboxStuck')}`,
    limit: {
      value: limit,
      text: formatDuration(limitMs),
      // Found by the label that every alert of a service has.
      labels: [{}],
      environments: null,
    },
    forMinutes: 2,
    threshold:
      strictest === undefined
        ? {
            key: 'outbox.default',
            parameters: { limit: formatDuration(limitMs) },
          }
        : {
            key: 'outbox',
            parameters: {
              limit: formatDuration(limitMs),
              late: formatDuration(strictest.ms),
              group: strictest.group.name,
            },
          },
    origin: first?.hasOutbox.origin ?? '',
    guide: 'on-call',
    proof: {
      fires: oldest(limit + 1),
      holds: oldest(limit),
      atMinute: 5,
      labels: environment,
    },
  };
}

function publishFails(publications: readonly Publication[]): AlertRule {
  const [first] = publications;
  const service = first?.service ?? '';
  const types = publications.map(({ event }) => event);
  const failing = (perMinute: number): readonly SampleSeries[] => [
    sample(
      metrics.publishFailures,
      { type: types[0] ?? '' },
      growing(perMinute, 30),
    ),
  ];
  return {
    name: 'PublishFails',
    severity: 'warning',
    subject: service,
    service,
    expression: `sum by (environment) (increase(${metrics.publishFailures}{${matching('type', types)}}[5m])) > 0`,
    // An event of two services would have two limits to be compared with.
    limit: null,
    forMinutes: 5,
    threshold: { key: 'publish', parameters: {} },
    origin: first?.hasOutbox.origin ?? '',
    guide: 'on-call',
    proof: {
      fires: failing(1),
      holds: failing(0),
      atMinute: 15,
      labels: environment,
    },
  };
}

// A saga that outlives its timeout was not ended by its timer: the timers do not run, or the database is not reached.
function sagaOverdue(model: Model, saga: Saga): AlertRule {
  const seconds = saga.timeoutMs.value / 1000;
  const limit = Math.ceil(seconds * 1.1 + 60);
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
