// `prometheus-rules.yaml` and an example of a scrape configuration, as data.
import { limitSeries } from '../../brokers/alert-limits.ts';
import type { AlertRule } from '../../brokers/monitoring.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { inDigits } from '../../core/units.ts';
import {
  alertAnnotations,
  alertLabels,
  asSharedTemplate,
  asTemplate,
  measure,
} from './alert-text.ts';
import type { Watch } from './watch.ts';

/** The names of the rule groups, in the order in which they are evaluated. */
export const groupNames = (watch: Watch): readonly string[] => [
  `${watch.system}.limits`,
  `${watch.system}.traffic`,
  `${watch.system}.alerts`,
];

/** Builds the rule groups: the limits of alerts and what is recorded, then the alerts over both. */
export function rulesFile(watch: Watch): JsonValue {
  const [limits = '', traffic = '', alerts = ''] = groupNames(watch);
  return {
    groups: [
      {
        name: limits,
        rules: watch.alerts.flatMap((alert) => limitRules(watch, alert)),
      },
      {
        name: traffic,
        rules: watch.recordings.map(({ name, expression }) => ({
          record: name,
          expr: expression,
          labels: { system: watch.system },
        })),
      },
      {
        name: alerts,
        rules: alertRules(watch.alerts).map((alert, _, rules) =>
          alertRule(watch, alert, labelsOfRule(watch, alert, rules)),
        ),
      },
    ],
  };
}

function limitRules(watch: Watch, alert: AlertRule): readonly JsonObject[] {
  const { limit, name } = alert;
  if (limit === null) return [];
  const { value, environments } = limit;
  const common = alertLabels(watch, alert);
  return limit.labels.map((labels) => ({
    record: limitSeries(name),
    expr:
      environments === null
        ? `vector(${inDigits(value)})`
        : `0 * ${environments} + ${inDigits(value)}`,
    labels: { ...common, ...labels },
  }));
}

/** Gives one alert for each rule: alerts with a limit share that of their name and expression. */
export function alertRules(alerts: readonly AlertRule[]): readonly AlertRule[] {
  const shared = new Map<string, Set<string>>();
  return alerts.filter(({ name, expression, limit }) => {
    if (limit === null) return true;
    const known = shared.get(name);
    if (known === undefined) shared.set(name, new Set([expression]));
    else if (known.has(expression)) return false;
    else known.add(expression);
    return true;
  });
}

/** A shared rule leaves most labels to its limits; rules of one name are told apart by the limit that each is for. */
function labelsOfRule(
  watch: Watch,
  alert: AlertRule,
  rules: readonly AlertRule[],
): JsonObject {
  const { name, limit } = alert;
  if (limit === null) return alertLabels(watch, alert);
  const isOneOfMany = rules.filter((rule) => rule.name === name).length > 1;
  return {
    system: watch.system,
    ...(isOneOfMany ? { limit: measure(watch, limit.text) } : {}),
  };
}

function alertRule(
  watch: Watch,
  alert: AlertRule,
  labels: JsonObject,
): JsonObject {
  const isShared = alert.limit !== null;
  return {
    alert: alert.name,
    expr: alert.expression,
    ...(alert.forMinutes === 0 ? {} : { for: `${alert.forMinutes}m` }),
    labels,
    annotations: alertAnnotations(
      watch,
      alert,
      isShared ? asSharedTemplate(watch, alert) : asTemplate(watch, alert),
    ),
  };
}

/** Builds the example of a Prometheus configuration: every job, every environment, and the label that the rules go by. */
export function scrapeFile(watch: Watch): JsonValue {
  return {
    global: { scrape_interval: '30s', evaluation_interval: '30s' },
    rule_files: ['prometheus-rules.yaml'],
    scrape_configs: watch.jobs.map((job) => ({
      job_name: job.name,
      metrics_path: job.path,
      ...(Object.keys(job.parameters).length === 0
        ? {}
        : { params: job.parameters }),
      static_configs: watch.model.environments.map((environment) => ({
        targets: job.targets(environment),
        labels: { environment: environment.name },
      })),
    })),
  };
}
