// Selectors and test series in the metrics of RabbitMQ's own Prometheus endpoint.
import type { SampleSeries } from '../monitoring.ts';
import { growing, matching, relabelled, seriesOf, staying } from '../promql.ts';
import { testEnvironment } from '../traffic-alerts.ts';

type Labels = Readonly<Record<string, string>>;

/** One series of the endpoint in the test environment, for any values: what proves an alert often differs in nothing else. */
export function sampler(
  metric: string,
  labels: Labels,
): (values: string) => SampleSeries {
  const series = seriesOf(metric, { environment: testEnvironment, ...labels });
  return (values) => ({ series, values });
}

/** One series of the endpoint in the test environment. */
export const sample = (
  metric: string,
  labels: Labels,
  values: string,
): SampleSeries => sampler(metric, labels)(values);

/** The end of a lane's name: lanes count for the queue that they belong to. */
export const laneEnd = String.raw`(?:\.lane\.[0-9]+)?`;

/** Names series of queues after the group that reads them: a command's queue is named as its channel, any other as its group. */
export const groupOfQueue = (expression: string): string =>
  relabelled(expression, { from: 'queue', to: 'group' }, `(.+?)${laneEnd}`);

/** Selects series of some queues of the design. */
export function ofQueues(
  metric: string,
  vhost: string,
  queues: readonly string[],
): string {
  return `${metric}{${matching('vhost', [vhost])},${matching('queue', queues)}}`;
}

/** A queue that holds so many messages. */
export function holding(
  queue: { readonly vhost: string; readonly name: string },
  messages: number,
  minutes: number,
): SampleSeries {
  return sample(
    'rabbitmq_detailed_queue_messages',
    { vhost: queue.vhost, queue: queue.name },
    staying(messages, minutes),
  );
}

/** A queue whose consumers acknowledge so many messages a second, by hand and not automatically. */
export function acknowledging(
  queue: { readonly vhost: string; readonly name: string },
  perSecond: number,
  minutes: number,
): readonly SampleSeries[] {
  const labels = { vhost: queue.vhost, queue: queue.name, channel: '1' };
  return [
    sample(
      'rabbitmq_detailed_channel_messages_acked_total',
      labels,
      growing(perSecond * 60, minutes),
    ),
    sample(
      'rabbitmq_detailed_channel_messages_delivered_total',
      labels,
      staying(0, minutes),
    ),
  ];
}
