// Test series in the metrics of kafka_exporter, for the unit tests of the rules.
import type { ConsumerGroup } from '../../model/model.ts';
import type { SampleSeries } from '../monitoring.ts';
import { growing, seriesOf, staying } from '../promql.ts';
import { testEnvironment } from '../traffic-alerts.ts';

type Labels = Readonly<Record<string, string>>;

/** One series of the exporter in the test environment, for any values: what proves an alert often differs in nothing else. */
export function sampler(
  metric: string,
  labels: Labels,
): (values: string) => SampleSeries {
  const series = seriesOf(metric, { environment: testEnvironment, ...labels });
  return (values) => ({ series, values });
}

/** One series of the exporter in the test environment. */
export const sample = (
  metric: string,
  labels: Labels,
  values: string,
): SampleSeries => sampler(metric, labels)(values);

/** A group that lags by a number of events on the first partition of its first channel. */
export function lagging(
  group: ConsumerGroup,
  events: number,
  minutes: number,
): SampleSeries {
  return sample(
    'kafka_consumergroup_lag',
    {
      consumergroup: group.name,
      topic: group.channels[0] ?? '',
      partition: '0',
    },
    staying(events, minutes),
  );
}

/** A topic that takes so many events a second. */
export function arriving(
  topic: string,
  perSecond: number,
  minutes: number,
): SampleSeries {
  return sample(
    'kafka_topic_partition_current_offset',
    { topic, partition: '0' },
    growing(perSecond * 60, minutes),
  );
}
