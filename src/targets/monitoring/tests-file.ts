// promtool's unit tests of the rules, as data: each alert fires above its threshold and is silent below. Alerts of one kind
// share two tests, since promtool sets a database up for each: in one the first alone fires and says all that it says, in the
// other all fire but the first. Alerts that are rules of their own fire together, and each says what it says.
import type { AlertRule } from '../../brokers/monitoring.ts';
import { promqlText, seriesOf } from '../../brokers/promql.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { oneLine } from '../../render/clean-text.ts';
import { alertAnnotations, alertLabels, firing } from './alert-text.ts';
import { groupNames } from './rules-files.ts';
import type { Watch } from './watch.ts';

type Claim = 'fires' | 'holds';

interface Batch {
  readonly alerts: AlertRule[];
  /** For each series, whether the alert that it was put in for is above or below: values for both. */
  readonly series: Map<string, Readonly<Values>>;
}

/** The values of a series in either claim; null where the claim does not need it. */
type Values = Record<Claim, string | null>;

/** A series of an alert's proof, and its values. */
type Proven = readonly [series: string, values: Readonly<Values>];

/** Builds the file that `promtool test rules` takes. */
export function testsFile(watch: Watch): JsonValue {
  return {
    rule_files: ['prometheus-rules.yaml'],
    evaluation_interval: '1m',
    group_eval_order: groupNames(watch),
    tests: batches(watch.alerts).flatMap(({ alerts }) =>
      testsOf(watch, alerts),
    ),
  };
}

// Together: alerts of one name that are looked at in the same minute and ask no series for different values.
function batches(alerts: readonly AlertRule[]): readonly Batch[] {
  const byKind = new Map<string, Batch[]>();
  for (const alert of alerts) {
    const kind = `${alert.name} ${alert.proof.atMinute}`;
    const known = byKind.get(kind) ?? [];
    byKind.set(kind, known);
    const values = valuesOf(alert);
    let batch = known.find(({ series }) => fits(series, values));
    if (batch === undefined) {
      batch = { alerts: [], series: new Map() };
      known.push(batch);
    }
    batch.alerts.push(alert);
    for (const [series, both] of values) batch.series.set(series, both);
  }
  return [...byKind.values()].flat();
}

// A proof has a handful of series, the same in both claims: a list of them is cheaper than an index.
function valuesOf({ proof }: AlertRule): readonly Proven[] {
  const proven: [string, Values][] = [];
  for (const claim of ['fires', 'holds'] as const) {
    for (const { series, values } of proof[claim]) {
      let known = proven.find(([name]) => name === series);
      if (known === undefined) {
        known = [series, { fires: null, holds: null }];
        proven.push(known);
      }
      known[1][claim] = values;
    }
  }
  return proven;
}

/** A series may serve two alerts when its values are the same for both, whichever of them fires. */
function fits(
  known: ReadonlyMap<string, Readonly<Values>>,
  values: readonly Proven[],
): boolean {
  for (const [series, { fires, holds }] of values) {
    const other = known.get(series);
    if (other === undefined) continue;
    if (fires !== holds || other.fires !== fires || other.holds !== holds)
      return false;
  }
  return true;
}

function testsOf(
  watch: Watch,
  alerts: readonly AlertRule[],
): readonly JsonObject[] {
  const [first, ...rest] = alerts;
  if (first === undefined) throw new Error('a batch has an alert');
  const { name } = first;
  const subjects = (some: readonly AlertRule[]): string =>
    some.length > 3
      ? `${some.length} others`
      : some.map(({ subject }) => subject).join(', ');
  if (first.limit === null || rest.length === 0) {
    const all = alerts.map(({ subject }) => subject).join(', ');
    return [
      test(`${name} fires for ${all}`, [[alerts, 'fires']], {
        alert_rule_test: told(watch, first, alerts),
      }),
      test(`${name} is silent for ${all}`, [[alerts, 'holds']], {
        alert_rule_test: told(watch, first, []),
      }),
    ];
  }
  return [
    test(
      `${name} fires for ${first.subject}, not for ${subjects(rest)}`,
      [
        [[first], 'fires'],
        [rest, 'holds'],
      ],
      { alert_rule_test: told(watch, first, [first]) },
    ),
    test(
      `${name} is silent for ${first.subject}, not for ${subjects(rest)}`,
      [
        [[first], 'holds'],
        [rest, 'fires'],
      ],
      { promql_expr_test: firingSubjects(first, rest) },
    ),
  ];
}

function test(
  name: string,
  given: readonly (readonly [alerts: readonly AlertRule[], claim: Claim])[],
  claims: JsonObject,
): JsonObject {
  const values = new Map<string, string>();
  for (const [alerts, claim] of given) {
    for (const { proof } of alerts)
      for (const one of proof[claim]) values.set(one.series, one.values);
  }
  const series: JsonObject[] = [];
  for (const [one, own] of values) series.push({ series: one, values: own });
  return { name, interval: '1m', input_series: series, ...claims };
}

/** What fires at the minute of the proof, with all its texts. */
function told(
  watch: Watch,
  { name, proof }: AlertRule,
  fire: readonly AlertRule[],
): readonly JsonObject[] {
  return [
    {
      eval_time: `${proof.atMinute}m`,
      alertname: name,
      exp_alerts: fire.map((alert) => expected(watch, alert)),
    },
  ];
}

/** Whom firing alerts of a kind are about, and no word of what they say. */
function firingSubjects(
  { name, proof }: AlertRule,
  fire: readonly AlertRule[],
): readonly JsonObject[] {
  return [
    {
      expr: `count by (subject) (ALERTS{alertname=${promqlText(name)},alertstate="firing"})`,
      eval_time: `${proof.atMinute}m`,
      exp_samples: fire.map(({ subject }) => ({
        labels: seriesOf('', { subject: oneLine(subject) }),
        value: 1,
      })),
    },
  ];
}

function expected(watch: Watch, alert: AlertRule): JsonObject {
  const { labels } = alert.proof;
  return {
    exp_labels: { ...alertLabels(watch, alert), ...labels },
    exp_annotations: alertAnnotations(
      watch,
      alert,
      firing(watch, alert, labels['environment'] ?? ''),
    ),
  };
}
