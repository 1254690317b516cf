// Test series in the metrics that services expose, for the unit tests of the rules.
import type { SampleSeries } from '../../brokers/monitoring.ts';
import { seriesOf } from '../../brokers/promql.ts';
import { testEnvironment } from '../../brokers/traffic-alerts.ts';

type Labels = Readonly<Record<string, string>>;

/** The labels of every series in the tests. */
export const environment = { environment: testEnvironment } as const;

/** One series of a service, for any values: what proves an alert often differs in nothing else. */
export function sampler(
  metric: string,
  labels: Labels,
): (values: string) => SampleSeries {
  const series = seriesOf(metric, { ...environment, ...labels });
  return (values) => ({ series, values });
}

/** One series of a service. */
export const sample = (
  metric: string,
  labels: Labels,
  values: string,
): SampleSeries => sampler(metric, labels)(values);
