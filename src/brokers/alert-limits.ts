// Limits of alerts as series of their own: alerts of one kind share one rule, which compares what is measured with the limit
// recorded for each group, topic, queue, service or saga. Knows no metric of any broker.
import { onceFor } from '../core/once-for.ts';
import { kebabCase } from '../core/text.ts';
import type { Model } from '../model/model.ts';
import { promqlText } from './promql.ts';

/** Tells the designs on one Prometheus apart; the label `system` of all that is recorded. */
export const systemOf: (model: Model) => string = onceFor(({ name }) =>
  kebabCase(name),
);

/** The series that holds the limits of the alerts of a name. */
export const limitSeries = (alert: string): string =>
  `event_arch:limit:${alert}`;

/** Selects the limits of one system's alerts of a name. */
export const limitsOf = (model: Model, alert: string): string =>
  `${limitSeries(alert)}{system=${promqlText(systemOf(model))}}`;

/** The labels of a limit that its alert carries on. */
const carriedLabels = [
  'subject',
  'severity',
  'service',
  'owner',
  'limit',
  'spec',
] as const;

/** Labels of an alert that was added up over all that its limit is about. */
export const byAlert = `by (environment, ${carriedLabels.join(', ')})`;

/** Matches many measured series with one limit each, found by some labels; what the limit says of its alert is taken over. */
export function onLimit(...labels: readonly string[]): string {
  // PromQL refuses a label in both lists.
  const carried = carriedLabels.filter((label) => !labels.includes(label));
  return `on (${labels.join(', ')}) group_left (${carried.join(', ')})`;
}
