// The flat view of the page beside the rules: what each alert means, what to do, and why its threshold is what it is.
import { limitSeries } from '../../brokers/alert-limits.ts';
import type { AlertRule } from '../../brokers/monitoring.ts';
import { alertText, firing, printed, thresholdText } from './alert-text.ts';
import { alertRules } from './rules-files.ts';
import type { Watch } from './watch.ts';

/** Builds the view of `monitoring/README.md`. */
export function readmeView(watch: Watch): object {
  const { model, words } = watch;
  return {
    heading: watch.heading,
    project: model.name,
    broker: watch.brokerTitle,
    environments: model.environments.map(({ name }) => name).join(', '),
    alertCount: watch.alerts.length,
    hasDocumentsUrl: watch.model.documentsUrl !== null,
    rules: alertRules(watch.alerts).length,
    jobs: watch.jobs.map(({ name, path, parameters }) => ({
      name,
      path,
      parameters: Object.entries(parameters)
        .flatMap(([key, values]) =>
          Array.isArray(values)
            ? values.map((value) => `${key}=${String(value)}`)
            : [],
        )
        .join('&'),
      about: [{ kind: 'words', value: printed(words, `job.${name}`) }],
    })),
    recordings: [
      ...watch.recordings.map(({ name }) => ({
        name,
        about: printed(words, `recording.${name.replaceAll(':', '.')}`),
      })),
      { name: limitSeries('*'), about: printed(words, 'recording.limits') },
    ],
    alerts: [...byName(watch.alerts)].map(([name, rules]) =>
      alertView(watch, name, rules),
    ),
  };
}

function byName(
  alerts: readonly AlertRule[],
): ReadonlyMap<string, readonly AlertRule[]> {
  const names = new Map<string, AlertRule[]>();
  for (const alert of alerts) {
    const known = names.get(alert.name);
    if (known === undefined) names.set(alert.name, [alert]);
    else known.push(alert);
  }
  return names;
}

function alertView(
  watch: Watch,
  name: string,
  rules: readonly AlertRule[],
): object {
  const [first] = rules;
  if (first === undefined) throw new Error('a name has a rule');
  const text = alertText(watch, first, firing(watch, first, ''));
  return {
    name,
    meaning: printed(watch.words, `alert.${name}.meaning`),
    action: text.action,
    guide: `../${text.guide}`,
    guideWord: printed(watch.words, `guide.${first.guide}`),
    rules: rules.map((rule) => ({
      subject: rule.subject,
      severity: rule.severity,
      after: rule.forMinutes === 0 ? '' : `${rule.forMinutes} min`,
      owner:
        (rule.service === null ? undefined : watch.owners.get(rule.service)) ??
        rule.service ??
        '',
      because: thresholdText(watch, rule),
    })),
  };
}
