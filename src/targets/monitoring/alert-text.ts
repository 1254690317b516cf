// The texts and labels of an alert, as a person reads them and as Prometheus takes them.
import type { AlertRule } from '../../brokers/monitoring.ts';
import { fill } from '../../core/catalogue.ts';
import { countForm } from '../../core/count-form.ts';
import { formatNumber, measuresIn } from '../../core/units.ts';
import { oneLine } from '../../render/clean-text.ts';
import type { Watch } from './watch.ts';

export interface AlertText {
  readonly summary: string;
  readonly description: string;
  readonly action: string;
  /** A place in the generated folder. */
  readonly guide: string;
}

/** Looks a printed text up and fills it in. Throws: `Error` when the words lack it, which is our mistake. */
export function printed(
  words: Watch['words'],
  key: string,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  const text = Object.hasOwn(words, key) ? words[key] : undefined;
  if (text === undefined) throw new Error(`words lack "${key}"`);
  return oneLine(fill(text, parameters));
}

/** Says why an alert's threshold is what it is, with the place in the spec. */
export function thresholdText(watch: Watch, alert: AlertRule): string {
  const { key, parameters, count } = alert.threshold;
  const form =
    count === undefined
      ? ''
      : `.${countForm(Number(parameters[count]), watch.words['zero-is-one'] ?? 'no')}`;
  const because = printed(
    watch.words,
    `threshold.${key}${form}`,
    Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        measure(watch, value),
      ]),
    ),
  );
  const path = watch.pathTo(alert.origin);
  return path === ''
    ? because
    : `${because} ${printed(watch.words, 'spec', { path })}`;
}

/** Writes a number, or a measure spelt as in the spec, as the language of the documents does; anything else stays as it is. */
export function measure({ model }: Watch, value: string | number): string {
  if (typeof value === 'number') return formatNumber(value, model.locale);
  return /^\d[\w.]*(?:\/\w+)?$/.test(value)
    ? measuresIn(value, model.locale)
    : value;
}

/** How an alert is said: what is filled into its texts, and what stands behind its meaning. */
export interface Saying {
  readonly subject: string;
  readonly environment: string;
  readonly because: string;
  /** The place in the spec; empty for none. */
  readonly spec: string;
}

/** Says an alert as it reads when it fires in an environment. */
export function firing(
  watch: Watch,
  alert: AlertRule,
  environment: string,
): Saying {
  return {
    subject: alert.subject,
    environment,
    because:
      alert.limit === null
        ? thresholdText(watch, alert)
        : limitText(watch, measure(watch, alert.limit.text)),
    spec: watch.pathTo(alert.origin),
  };
}

const environmentLabel = '{{ $labels.environment }}';

/** Says a rule of its own as the Go template that Prometheus expands: no text of the spec is code there. */
export function asTemplate(watch: Watch, alert: AlertRule): Saying {
  const escape = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');
  return {
    subject: escape(alert.subject),
    environment: environmentLabel,
    because: escape(thresholdText(watch, alert)),
    spec: escape(watch.pathTo(alert.origin)),
  };
}

/** Says a rule that all alerts of a kind share: what is each one's own comes from the labels of its limit. */
export function asSharedTemplate(watch: Watch, alert: AlertRule): Saying {
  const hasLimit = (alert.limit?.text ?? '') !== '';
  return {
    subject: '{{ $labels.subject }}',
    environment: environmentLabel,
    because: limitText(watch, hasLimit ? '{{ $labels.limit }}' : ''),
    spec: '{{ $labels.spec }}',
  };
}

const limitText = ({ words }: Watch, limit: string): string =>
  limit === '' ? '' : printed(words, 'limit', { limit });

/** Says an alert. */
export function alertText(
  { words }: Watch,
  alert: AlertRule,
  { subject, environment, because }: Saying,
): AlertText {
  const said = (part: string): string =>
    printed(words, `alert.${alert.name}.${part}`, { subject, environment });
  return {
    summary: said('summary'),
    description: `${said('meaning')} ${because}`.trimEnd(),
    action: said('action'),
    guide: `GUIDE.md#${printed(words, `anchor.${alert.guide}`)}`,
  };
}

/** The labels that an alert carries beside those of its series, for routing. */
export function alertLabels(
  watch: Watch,
  alert: AlertRule,
): Readonly<Record<string, string>> {
  const { severity, service, limit, origin } = alert;
  const labels: Record<string, string> = {
    severity,
    system: watch.system,
    subject: oneLine(alert.subject),
  };
  if (service !== null) {
    labels['service'] = service;
    const owner = watch.owners.get(service);
    if (owner !== undefined) labels['owner'] = oneLine(owner);
  }
  // What a rule that is shared cannot say for each alert, its limit says.
  if (limit !== null) {
    if (limit.text !== '') labels['limit'] = measure(watch, limit.text);
    const path = watch.pathTo(origin);
    if (path !== '') labels['spec'] = oneLine(path);
  }
  return labels;
}

/**
 * The annotations of an alert: what it says, where to read on, and the place in the spec. Where to read on is a link only
 * where the generated folder has an address; otherwise a place in the folder, under names that no tool takes for a link.
 */
export function alertAnnotations(
  watch: Watch,
  alert: AlertRule,
  saying: Saying,
): Readonly<Record<string, string>> {
  const { summary, description, action, guide } = alertText(
    watch,
    alert,
    saying,
  );
  const { documentsUrl } = watch.model;
  const details = `monitoring/README.md#${alert.name.toLowerCase()}`;
  return {
    summary,
    description,
    action,
    ...(documentsUrl === null
      ? { guide, details }
      : {
          runbook_url: `${documentsUrl}/${details}`,
          guide_url: `${documentsUrl}/${guide}`,
        }),
    ...(saying.spec === '' ? {} : { spec: saying.spec }),
  };
}
