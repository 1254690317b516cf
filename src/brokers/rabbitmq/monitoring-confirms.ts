// Alerts about publishes that ask for a confirm and get none: a queue behind the exchange refuses, or its replicas do not answer.
import { formatDuration } from '../../core/units.ts';
import { onceFor } from '../../core/once-for.ts';
import { gather } from '../../core/gather.ts';
import type { Model } from '../../model/model.ts';
import type { Pointer } from '../../core/pointer.ts';
import { limitsOf, onLimit } from '../alert-limits.ts';
import type { AlertRule } from '../monitoring.ts';
import { growing, matching } from '../promql.ts';
import { testEnvironment } from '../traffic-alerts.ts';
import { sample } from './monitoring-samples.ts';
import { deadLetterExchange } from './names.ts';
import { readOptions } from './options.ts';
import type { Topology } from './topology.ts';

/** Share of a channel's publishes that may be without a confirm. */
const limit = 0.01;
const windowMs = 180_000;

/**
 * Alerts when one AMQP channel gets no confirm for more than one in a hundred of its publishes to an exchange. By channel, as
 * one that is always refused would not show among busy ones; only exchanges to which every publisher asks for confirms,
 * since the broker counts a publish that asks for none like one that was refused.
 */
export function refusedPublishes(
  model: Model,
  topology: Topology,
): readonly AlertRule[] {
  const { vhost } = topology;
  return confirmedExchanges(topology).map(({ exchange, origin }) => {
    const labels = { vhost, exchange, channel: '1' };
    const others = { vhost, exchange, channel: '2' };
    const counted = (share: number): readonly ReturnType<typeof sample>[] => [
      sample(published, labels, growing(60, 20)),
      sample(confirmed, labels, growing(60 * share, 20)),
      sample(published, others, growing(60_000, 20)),
      sample(confirmed, others, growing(60_000, 20)),
    ];
    return {
      name: 'PublishesRefused',
      severity: 'warning',
      subject: exchange,
      service: null,
      expression: refused(model),
      limit: {
        value: limit,
        text: '1 %',
        labels: [{ exchange }],
        environments: null,
      },
      forMinutes: 5,
      threshold: {
        key: 'confirms',
        parameters: { window: formatDuration(windowMs) },
      },
      origin,
      guide: 'on-call',
      proof: {
        fires: counted(0.5),
        holds: counted(1),
        atMinute: 15,
        labels: { environment: testEnvironment, exchange },
      },
    };
  });
}

const published = 'rabbitmq_detailed_channel_messages_published_total';
const confirmed = 'rabbitmq_detailed_channel_messages_confirmed_total';

const refused = onceFor((model: Model): string => {
  const here = matching('vhost', [readOptions(model).vhost]);
  const by = 'sum by (environment, exchange, channel)';
  const rate = (counter: string): string =>
    `${by} (rate(${counter}{${here}}[${formatDuration(windowMs)}]))`;
  // A channel that never got a confirm has no counter of them.
  const got = `(${rate(confirmed)} or ${rate(published)} * 0)`;
  return `max by (environment, exchange) (1 - ${got} / (${rate(published)} > 0)) > ${onLimit('exchange')} ${limitsOf(model, 'PublishesRefused')}`;
});

interface Confirmed {
  readonly exchange: string;
  readonly origin: Pointer;
}

function confirmedExchanges(topology: Topology): readonly Confirmed[] {
  const byExchange = gather(topology.publishers, ({ exchange }) => [exchange]);
  const events = [...byExchange].flatMap(([exchange, publishers]) => {
    const [first] = publishers;
    return first !== undefined &&
      publishers.every(({ hasConfirms }) => hasConfirms)
      ? [{ exchange, origin: first.why.pointer }]
      : [];
  });
  // Consumers set messages aside with confirms, too.
  const aside = topology.consumers.flatMap(({ retryExchange, why }) =>
    retryExchange === null
      ? []
      : [{ exchange: retryExchange, origin: why.pointer }],
  );
  const parked = topology.exchanges
    .filter(({ name }) => name === deadLetterExchange)
    .map(({ name, why }) => ({ exchange: name, origin: why.pointer }));
  return [...events, ...aside, ...parked];
}
