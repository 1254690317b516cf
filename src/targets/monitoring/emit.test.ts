// What the target writes for every example, read back. Whether Prometheus takes it and each alert fires is in emit.live.test.ts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDuration } from '../../core/units.ts';
import type { Model } from '../../model/model.ts';
import { fixturePath, loadModel } from '../../testing/load-model.ts';
import {
  dashboardOf,
  emitMonitoring,
  monitoringCases as cases,
  monitoringContents,
  monitoringContext,
} from '../../testing/monitoring-folder.ts';
import { thresholdText } from './alert-text.ts';
import { watchModel } from './watch.ts';

interface RuleGroups {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly record?: string;
      readonly expr: string;
      readonly labels: object;
    }[];
  }[];
}

const goldens = ['kafka', 'rabbitmq'].flatMap((broker) =>
  [
    'README.md',
    'grafana-dashboard.json',
    'prometheus-rules.test.yaml',
    'prometheus-rules.yaml',
    'prometheus.yaml',
  ].map((name) => ({ broker, name })),
);

describe('the dashboard', () => {
  it.each(cases)(
    'has unique panels that do not overlap and a chosen data source for $spec on $broker',
    ({ spec, broker }) => {
      const { panels, schemaVersion, uid, templating } = dashboardOf(
        spec,
        broker,
      );
      expect(schemaVersion).toBe(39);
      expect(uid).toMatch(/^[\w-]{1,40}$/);
      const names = templating.list.map(({ name }) => name);
      expect(names).toEqual(['datasource', 'environment', 'group']);
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, cell) =>
          [x + (cell % w), y + Math.floor(cell / w)].join(),
        ),
      );
      expect(new Set(cells).size).toBe(cells.length);
      const sources = panels.flatMap(({ datasource, targets = [] }) => [
        ...(datasource === undefined ? [] : [datasource.uid]),
        ...targets.map((target) => target.datasource.uid),
      ]);
      expect(new Set(sources)).toEqual(new Set(['${datasource}']));
    },
  );
});

const readWords = (locale: string): object =>
  JSON.parse(
    readFileSync(
      fileURLToPath(
        new URL(
          `../../../templates/monitoring/${locale}.words.json`,
          import.meta.url,
        ),
      ),
      'utf8',
    ),
  ) as object;

/** What the page says of a limit, read by what it says, and the limit that follows from it, in seconds. */
const sayings: readonly (readonly [RegExp, (...told: number[]) => number])[] = [
  [
    /^Limit (\S+): half the timeout of (\S+) of saga step \S+, rounded up to whole minutes, from 1m to 6h\./,
    (timeout) => Math.min(21_600, Math.max(60, wholeMinutes(timeout / 2))),
  ],
  [
    /^Limit (\S+): projection \S+ may be (\S+) old; limits are whole minutes, from 1m to 6h\./,
    (age) => Math.min(21_600, Math.max(60, wholeMinutes(age))),
  ],
  [
    /^Limit (\S+): the timeout of (\S+), a tenth and a minute more\./,
    (timeout) => Math.round(timeout + timeout / 10) + 60,
  ],
  [
    /^Limit (\S+): the delay of (\S+), then (\S+) as for the group itself, rounded up to whole minutes\./,
    (delay, late) => wholeMinutes(delay + late),
  ],
  [
    /^Limit (\S+): half of the (\S+) that \S+ has from the event to its handling\./,
    (late) => late / 2,
  ],
];

const wholeMinutes = (seconds: number): number => Math.ceil(seconds / 60) * 60;
const seconds = (text: string): number => (parseDuration(text) ?? NaN) / 1000;

describe('the limits on the page', () => {
  const timeouts = [60_000, 300_000, 3_600_000, 86_400_000, 86_400_000 * 7];

  it.each(['kafka', 'rabbitmq'])(
    'are those of the rules and follow from the words beside them on %s',
    (broker) => {
      const found = new Set<RegExp>();
      for (const value of timeouts) {
        const shop = loadModel('shop', broker);
        const model: Model = {
          ...shop,
          sagas: shop.sagas.map((saga) => ({
            ...saga,
            timeoutMs: { ...saga.timeoutMs, value },
            steps: saga.steps.map((step) => ({
              ...step,
              timeoutMs: step.timeoutMs && { ...step.timeoutMs, value },
            })),
          })),
        };
        const watch = watchModel(model, monitoringContext(model));
        for (const alert of watch.alerts) {
          const text = thresholdText(watch, alert);
          for (const [pattern, reckon] of sayings) {
            const [, limit = '', ...told] = pattern.exec(text) ?? [];
            if (limit === '') continue;
            found.add(pattern);
            expect(seconds(limit), text).toBe(reckon(...told.map(seconds)));
            expect(alert.limit?.value, text).toBe(seconds(limit));
          }
        }
      }
      expect(found.size).toBe(broker === 'kafka' ? 5 : 4);
    },
  );

  it('are written as numbers of the language, and counted in its forms', () => {
    const said = (locale: 'en' | 'fr'): string => {
      const model = { ...loadModel('shop', 'kafka'), locale };
      return emitMonitoring(model).get('README.md')?.content ?? '';
    };
    expect(said('en')).toContain(
      'Limit 600,000 events: 2000/s at peak times 5m; 1 of its events declares no volume.',
    );
    expect(said('fr')).toContain(
      'Limite 600 000 événements : 2000/s à la pointe, fois 5 min ; 1 de ses événements ne déclare pas de volume. (spécification : ',
    );
    expect(said('fr')).toContain('0,01 % des messages');
    expect(said('fr')).toContain('Au moins 1 synchrone en dev.');
  });
});

describe('the monitoring target', () => {
  it.each(cases)(
    'names each alert of $spec on $broker once for a subject and tells its place in the spec',
    ({ spec, broker }) => {
      const model = loadModel(spec, broker);
      const { alerts } = watchModel(model, monitoringContext(model));
      const keys = alerts.map(({ name, subject }) => `${name} ${subject}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(alerts.filter(({ proof }) => proof.fires.length === 0)).toEqual(
        [],
      );
    },
  );

  it.each(cases)(
    'records a limit once for $spec on $broker, and in a few rules compares all with it',
    ({ spec, broker }) => {
      const { groups } = parse(
        monitoringContents(spec, broker)['prometheus-rules.yaml'] ?? '',
      ) as RuleGroups;
      const [limits = [], , alerts = []] = groups.map(({ rules }) => rules);
      const keys = limits.map(({ record, labels }) =>
        JSON.stringify([record, labels]),
      );
      expect(limits.length).toBeGreaterThan(3);
      expect(new Set(keys).size).toBe(keys.length);
      const unused = limits.filter(
        ({ record = '' }) =>
          !alerts.some(({ expr }) => expr.includes(`${record}{system="`)),
      );
      expect(unused).toEqual([]);
    },
  );

  it('has the same words in both languages', () => {
    expect(Object.keys(readWords('fr'))).toEqual(Object.keys(readWords('en')));
  });

  it.each(['en', 'fr'] as const)(
    'points into headings that the guide has in %s',
    (locale) => {
      const guide = readFileSync(
        fileURLToPath(
          new URL(
            `../../../templates/document/guide.${locale}.md.hbs`,
            import.meta.url,
          ),
        ),
        'utf8',
      );
      const model = { ...loadModel('shop'), locale };
      const { words } = watchModel(model, monitoringContext(model));
      for (const part of ['on-call', 'dead-letters']) {
        expect(guide).toContain(`\n## ${words[`guide.${part}`]}\n`);
        expect(words[`anchor.${part}`]).toBe(
          words[`guide.${part}`]?.toLowerCase().replaceAll(' ', '-'),
        );
      }
    },
  );

  interface Alert {
    readonly alert?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  }
  const alertsOf = (documentsUrl: string | null): readonly Alert[] => {
    const files = emitMonitoring({ ...loadModel('shop'), documentsUrl });
    const { groups } = parse(
      files.get('prometheus-rules.yaml')?.content ?? '',
    ) as { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
    return groups
      .flatMap(({ rules }) => rules)
      .filter(({ alert }) => alert !== undefined);
  };

  it('links each alert to its own section where the spec says where the folder is read', () => {
    const base = 'https://git.example.com/shop/blob/main/architecture';
    const page = monitoringContents('shop', 'kafka')['README.md'] ?? '';
    const headings = new Set(
      [...page.matchAll(/^### (.+)$/gm)].map(([, name = '']) => name),
    );
    const alerts = alertsOf(base);
    expect(alerts.length).toBeGreaterThan(10);
    for (const { alert = '', annotations = {} } of alerts) {
      expect(headings).toContain(alert);
      expect(annotations['runbook_url']).toBe(
        `${base}/monitoring/README.md#${alert.toLowerCase()}`,
      );
      expect(annotations['guide_url']).toMatch(`${base}/GUIDE.md#`);
    }
  });

  it('prints no link where the spec does not say so', () => {
    const names = new Set(
      alertsOf(null).flatMap(({ annotations = {} }) =>
        Object.keys(annotations),
      ),
    );
    expect([...names].filter((name) => /url|runbook/.test(name))).toEqual([]);
    expect(names).toContain('details');
  });

  it('writes its page and its annotations in French for a French spec', () => {
    const files = emitMonitoring({ ...loadModel('shop'), locale: 'fr' });
    expect(files.get('README.md')?.content).toContain('## Alertes');
    expect(files.get('prometheus-rules.yaml')?.content).toContain(
      'traite les événements trop tard',
    );
  });

  it.each(cases)(
    'marks code as code on the page for $spec on $broker',
    ({ spec, broker }) => {
      const page = monitoringContents(spec, broker)['README.md'];
      expect(page).toContain('`/metrics`');
      expect(page).not.toContain('\\`');
    },
  );

  it.each(goldens)(
    'writes $name of the shop on $broker as reviewed',
    async ({ broker, name }) => {
      await expect(
        monitoringContents('shop', broker)[name],
      ).toMatchFileSnapshot(
        fixturePath('targets', 'monitoring', `shop.${broker}`, name),
      );
    },
  );
});
