// The rules of every example in promtool: taken, and each alert fires above its threshold and is silent below.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  dashboardOf,
  findPromtool,
  monitoringCases,
  monitoringContents,
  perAlert,
  runPromtool,
} from '../../testing/monitoring-folder.ts';

const { remedy } = findPromtool();
const isCi = (process.env['CI'] ?? '') !== '';
if (remedy !== null)
  process.stderr.write(`skipped: the rules in promtool. ${remedy}\n`);

const folders = monitoringCases.map((one) => ({
  ...one,
  folder: `${one.spec}.${one.broker}`,
}));

// All examples in one folder, so that one process looks at them all; promtool names the file in what it tells.
const filesNamed = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    folders.map(({ spec, broker, folder }) => [
      `${folder}/${name}`,
      monitoringContents(spec, broker)[name] ?? '',
    ]),
  );

describe.skipIf(remedy !== null && !isCi)('the rules in promtool', () => {
  it('are taken, with the scrapes, for every example', async () => {
    const rules = filesNamed('prometheus-rules.yaml');
    const checked = await runPromtool(
      rules,
      'check',
      'rules',
      ...Object.keys(rules),
    );
    expect(checked, checked.output).toMatchObject({ code: 0 });
    const scrapes = filesNamed('prometheus.yaml');
    const config = await runPromtool(
      { ...rules, ...scrapes },
      'check',
      'config',
      ...Object.keys(scrapes),
    );
    expect(config, config.output).toMatchObject({ code: 0 });
  });

  it.each(folders)(
    'fire and are silent as they should for $spec on $broker',
    async ({ spec, broker }) => {
      const { files, tests } = perAlert(monitoringContents(spec, broker));
      expect(tests.length).toBeGreaterThan(5);
      const { code, output } = await runPromtool(
        files,
        'test',
        'rules',
        ...tests,
      );
      expect(code, output.slice(0, 4000)).toBe(0);
    },
    300_000,
  );

  it.each(['kafka', 'rabbitmq'])(
    'pass as they are written, all in one file, for the smallest example on %s',
    async (broker) => {
      const { code, output } = await runPromtool(
        monitoringContents('hello', broker),
        'test',
        'rules',
        'prometheus-rules.test.yaml',
      );
      expect(code, output.slice(0, 4000)).toBe(0);
    },
    300_000,
  );

  it('do not pass with a threshold that is off by one', async () => {
    const written = monitoringContents('hello', 'rabbitmq');
    const rules = (written['prometheus-rules.yaml'] ?? '').replace(
      'expr: vector(80000)',
      'expr: vector(80001)',
    );
    expect(rules).not.toBe(written['prometheus-rules.yaml']);
    const { files, tests } = perAlert({
      ...written,
      'prometheus-rules.yaml': rules,
    });
    const { code, output } = await runPromtool(
      files,
      'test',
      'rules',
      ...tests,
    );
    expect(code).toBe(1);
    expect(output).toContain('QueueNearlyFull');
  });

  it.each(['kafka', 'rabbitmq'])(
    'do not pass when the limit of one subject among many is off on %s',
    async (broker) => {
      const written = monitoringContents('shop', broker);
      const rules = parse(written['prometheus-rules.yaml'] ?? '') as {
        groups: { rules: { record?: string; expr: string }[] }[];
      };
      const limits = rules.groups
        .flatMap((group) => group.rules)
        .filter(({ record }) => record === 'event_arch:limit:HandlingFails');
      expect(limits.length).toBeGreaterThan(3);
      // Not the first, whose texts are looked at as well.
      limits[2]!.expr = 'vector(0.99)';
      const { files, tests } = perAlert({
        ...written,
        'prometheus-rules.yaml': JSON.stringify(rules),
      });
      const { code, output } = await runPromtool(
        files,
        'test',
        'rules',
        ...tests,
      );
      expect(code).toBe(1);
      expect(output.match(/FAILED/g)).toHaveLength(1);
    },
    300_000,
  );

  it('are joined by dashboards whose every expression parses', async () => {
    const panels = Object.fromEntries(
      folders.map(({ spec, broker, folder }) => {
        const expressions = dashboardOf(spec, broker).panels.flatMap(
          ({ targets = [] }) => targets.map(({ expr }) => expr),
        );
        expect(expressions.length).toBeGreaterThan(8);
        const rules = expressions.map((expr, index) => ({
          record: `panel:${index}`,
          // As Grafana fills its variables in when all values are chosen.
          expr: expr.replaceAll(/\$(?:environment|group)/g, '.*'),
        }));
        return [
          `${folder}.yaml`,
          JSON.stringify({ groups: [{ name: 'p', rules }] }),
        ];
      }),
    );
    const { code, output } = await runPromtool(
      panels,
      'check',
      'rules',
      ...Object.keys(panels),
    );
    expect(code, output).toBe(0);
  });
});
