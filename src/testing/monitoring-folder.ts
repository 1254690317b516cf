// The monitoring files of a model, for tests, and promtool run over them where it is installed.
import { execFile, execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { limitSeries } from '../brokers/alert-limits.ts';
import type { Artifact } from '../core/artifact.ts';
import type { Model } from '../model/model.ts';
import { createRenderer } from '../render/create-renderer.ts';
import { monitoring } from '../targets/monitoring/emit.ts';
import type { EmitContext } from '../targets/target.ts';
import { parse } from 'yaml';
import { brokerNamed, loadModel } from './load-model.ts';

const templates = fileURLToPath(
  new URL('../../templates/monitoring', import.meta.url),
);

/** What the target gets in a test: the model's own broker and the project's templates. */
export function monitoringContext(model: Model): EmitContext {
  return {
    render: createRenderer({
      templates: new Map(
        readdirSync(templates).map((name) => [
          `monitoring/${name}`,
          readFileSync(join(templates, name), 'utf8'),
        ]),
      ),
    }),
    broker: brokerNamed(model.broker.kind),
    findings: [],
    toolVersion: '0.0.0',
  };
}

/** Emits the monitoring files of a model, by file name. */
export function emitMonitoring(model: Model): ReadonlyMap<string, Artifact> {
  return new Map(
    [...monitoring.emit(model, monitoringContext(model))].map((artifact) => [
      basename(artifact.path),
      artifact,
    ]),
  );
}

/** Every complete example in one file, on both brokers. */
export const monitoringCases: readonly {
  readonly spec: string;
  readonly broker: string;
}[] = ['eshop', 'ftgo', 'hello', 'shop', 'streetlights', 'wikimedia'].flatMap(
  (spec) => ['kafka', 'rabbitmq'].map((broker) => ({ spec, broker })),
);

/** Emits the monitoring files of an example and answers their contents by file name. */
export function monitoringContents(
  spec: string,
  broker: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...emitMonitoring(loadModel(spec, broker))].map(([name, { content }]) => [
      name,
      content,
    ]),
  );
}

/** The parts of a Grafana dashboard that tests look at. */
export interface Dashboard {
  readonly schemaVersion: number;
  readonly uid: string;
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly datasource?: { readonly uid: string };
    readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
    readonly targets?: readonly {
      readonly refId: string;
      readonly expr: string;
      readonly datasource: { readonly uid: string };
    }[];
  }[];
}

/** Emits an example's dashboard and reads it back. */
export function dashboardOf(spec: string, broker: string): Dashboard {
  return JSON.parse(
    monitoringContents(spec, broker)['grafana-dashboard.json'] ?? '',
  ) as Dashboard;
}

interface RulesFile {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert?: string;
      readonly record?: string;
    }[];
  }[];
}

interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly { readonly alertname: string }[];
    readonly promql_expr_test?: readonly { readonly expr: string }[];
  }[];
}

/**
 * Splits emitted rules and their tests by alert: each test beside the recording rules and the rules of its own alert, on
 * which alone its outcome depends. promtool works out every rule of a file for every minute of every test, which for 79
 * rules takes ten times as long.
 */
export function perAlert(written: Readonly<Record<string, string>>): {
  readonly files: Readonly<Record<string, string>>;
  readonly tests: readonly string[];
} {
  // Our own files, read back.
  const rules = parse(written['prometheus-rules.yaml'] ?? '') as RulesFile;
  const all = parse(written['prometheus-rules.test.yaml'] ?? '') as RuleTests;
  const names = [
    ...new Set(
      rules.groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)),
    ),
  ].filter((name) => name !== undefined);
  const about = (name: string, one: RuleTests['tests'][number]): boolean =>
    [
      ...(one.alert_rule_test ?? []).map(({ alertname }) => alertname),
      ...(one.promql_expr_test ?? []).map(
        ({ expr }) => /alertname="(\w+)"/.exec(expr)?.[1],
      ),
    ].includes(name);
  const stray = all.tests.filter(
    (one) => !names.some((name) => about(name, one)),
  );
  if (stray.length > 0) throw new Error('a test is of an alert without a rule');
  const files = names.flatMap((name) => [
    [
      `${name}.yaml`,
      JSON.stringify({
        groups: rules.groups.map((group) => ({
          ...group,
          rules: group.rules.filter(
            ({ alert, record }) =>
              alert === name ||
              (alert === undefined && !isLimitOfOther(name, record)),
          ),
        })),
      }),
    ],
    [
      `${name}.test.yaml`,
      JSON.stringify({
        ...all,
        rule_files: [`${name}.yaml`],
        tests: all.tests.filter((one) => about(name, one)),
      }),
    ],
  ]);
  return {
    files: Object.fromEntries(files) as Readonly<Record<string, string>>,
    tests: names.map((name) => `${name}.test.yaml`),
  };
}

const isLimitOfOther = (alert: string, record = ''): boolean =>
  record.startsWith(limitSeries('')) && record !== limitSeries(alert);

/** Tells whether promtool is on this machine; the remedy as a sentence otherwise. */
export function findPromtool(): { readonly remedy: string | null } {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return { remedy: null };
  } catch {
    return {
      remedy:
        'promtool is missing: run ".ci/install-brokers packages" (Debian, as root), or install Prometheus.',
    };
  }
}

export interface PromtoolRun {
  readonly code: number;
  readonly output: string;
}

/** Writes files to a private folder, runs promtool in it, and removes it. */
export async function runPromtool(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<PromtoolRun> {
  const folder = mkdtempSync(join(tmpdir(), 'event-arch-promtool-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return await new Promise((resolve) => {
      execFile(
        'promtool',
        args,
        { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) =>
          resolve({
            code: error === null ? 0 : 1,
            output: `${stdout}${stderr}`,
          }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
