// Alerts over the outboxes of services: events that wait too long in one, or cannot be published.
import { limitsOf, onLimit } from '../../brokers/alert-limits.ts';
import type { AlertRule, SampleSeries } from '../../brokers/monitoring.ts';
import { growing, matching, staying } from '../../brokers/promql.ts';
import { gather } from '../../core/gather.ts';
import { formatDuration } from '../../core/units.ts';
import type { ConsumerGroup, Model, Publication } from '../../model/model.ts';
import { serviceMetrics as metrics } from '../../model/service-metrics.ts';
import { lagTolerance } from '../../model/tolerances.ts';
import { environment, sample } from './service-samples.ts';

/** A group, and how late it may be, ms. */
interface Reader {
  readonly group: ConsumerGroup;
  readonly ms: number;
}

/** Lists two alerts for each service that has an outbox, in the order of the publications. */
export function outboxAlerts(model: Model): readonly AlertRule[] {
  const relayed = gather(
    model.publications.filter(({ hasOutbox }) => hasOutbox.value),
    ({ service }) => [service],
  );
  const strictest = strictestReaders(model);
  return [...relayed].flatMap(([service, publications]) => [
    outboxStuck(model, publications, strictest.get(service)),
    publishFails(publications),
  ]);
}

/** The reader, of all that read what a service has in its outbox, that may be late the least. */
function strictestReaders(model: Model): ReadonlyMap<string, Reader> {
  const senders = gather(
    model.publications.filter(({ hasOutbox }) => hasOutbox.value),
    ({ event }) => [event],
  );
  const strictest = new Map<string, Reader>();
  for (const group of model.groups) {
    const { ms } = lagTolerance(model, group);
    for (const event of group.events) {
      for (const { service } of senders.get(event) ?? []) {
        const known = strictest.get(service);
        if (known === undefined || ms < known.ms)
          strictest.set(service, { group, ms });
      }
    }
  }
  return strictest;
}

/** Half of the time that the strictest reader of these events grants from publication to handling. */
function outboxStuck(
  model: Model,
  publications: readonly Publication[],
  strictest: Reader | undefined,
): AlertRule {
  const [first] = publications;
  const service = first?.service ?? '';
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
