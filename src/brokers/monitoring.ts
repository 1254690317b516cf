// What a broker says of how it is watched: metrics, rules, panels and scrapes, in Prometheus' terms and in no file format.
// Printed texts are keys of `templates/monitoring/<locale>.words.json`, so that a description is the same in every language.
import type { JsonObject } from '../core/json.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Environment } from '../model/model.ts';

/** A sentence of the printed words with what is filled into it. */
export interface Phrase {
  readonly key: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  /** The parameter that decides between `<key>.one` and `<key>.other`; absent where there is one form. */
  readonly count?: string;
}

/** A rule that keeps the result of an expression under a name of its own. */
export interface RecordingRule {
  /** Begins with `event_arch:`; the labels of its series are `environment` and those that the name tells. */
  readonly name: string;
  readonly expression: string;
}

export type AlertSeverity = 'critical' | 'warning' | 'info';

/** The part of GUIDE.md that helps. */
export type GuidePart = 'dead-letters' | 'on-call';

/** One series in promtool's notation; one value a minute. */
export interface SampleSeries {
  readonly series: string;
  readonly values: string;
}

/** How a unit test shows that an alert fires, and that just below its threshold it does not. */
export interface AlertProof {
  readonly fires: readonly SampleSeries[];
  readonly holds: readonly SampleSeries[];
  /** Minutes after the start at which both are looked at. */
  readonly atMinute: number;
  /** Labels that come from the series, beside those of the alert's limit. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The limit of one alert, recorded for the rule that it shares with the others of its kind. */
export interface AlertLimit {
  readonly value: number;
  /** As a person reads it, e.g. `5m`; empty where the kind's meaning says it all. */
  readonly text: string;
  /** The labels by which the rule finds it, once for each thing that the alert is about. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  /** Gives one series for each environment in which the limit holds; null: in every one. */
  readonly environments: string | null;
}

export interface AlertRule {
  /** The kind of trouble; words, README and runbook go by it. Several rules may share it. */
  readonly name: string;
  readonly severity: AlertSeverity;
  /** What it is about: a group, a channel, a queue, an environment; name and subject are unique together. */
  readonly subject: string;
  /** Whose it is; null for what belongs to the whole system. */
  readonly service: string | null;
  /** Alerts of one name and one expression are one rule. */
  readonly expression: string;
  /** Null for an alert whose expression holds its limit, and is about it alone. */
  readonly limit: AlertLimit | null;
  readonly forMinutes: number;
  readonly threshold: Phrase;
  /** The place in the spec that the threshold, or the need for the rule, follows from. */
  readonly origin: Pointer;
  readonly guide: GuidePart;
  readonly proof: AlertProof;
}

export interface PanelQuery {
  readonly expression: string;
  /** Grafana's legend format, e.g. `{{group}}`. */
  readonly legend: string;
}

export interface Panel {
  /** The words `panel.<key>` and `panel.<key>.about`. */
  readonly key: string;
  readonly section: 'flow' | 'broker' | 'services';
  /** Grafana's unit. */
  readonly unit: 'short' | 's' | 'eps' | 'percentunit' | 'bool';
  readonly queries: readonly PanelQuery[];
}

/** One scrape of Prometheus. */
export interface ScrapeJob {
  readonly name: string;
  readonly path: string;
  /** Query parameters, each a list of texts. */
  readonly parameters: JsonObject;
  readonly targets: (environment: Environment) => readonly string[];
  /** The words `job.<name>` say what answers there. */
}

export interface Monitoring {
  readonly recordings: readonly RecordingRule[];
  readonly alerts: readonly AlertRule[];
  readonly panels: readonly Panel[];
  readonly jobs: readonly ScrapeJob[];
}
