// What a CI service runs: the files that it reads parse, and the action's own shell lines do what they say.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../../../testing/run-cli.ts';
import { itWithSchema } from '../../../testing/schema-folder.ts';
import { ciDefaults } from './ci-defaults.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'event-arch-ci-'));
const origin = join(folder, 'origin');
const clone = join(folder, 'clone');
/** What a service checks out of this repository: the sources, without a build. */
const tool = join(folder, 'tool');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spec = (fields: string): string =>
  `eventArch: 1
name: Hello
broker: rabbitmq
events:
  order.created: { key: orderId, payload: { ${fields} } }
publishers:
  orders: [order.created]
consumers:
  inventory: [order.created]
`;

const identity = ['-c', 'user.name=Test', '-c', 'user.email=t@shop.test'];

function git(at: string, ...argv: readonly string[]): void {
  execFileSync('git', [...identity, '-c', 'init.defaultBranch=main', ...argv], {
    cwd: at,
    stdio: 'ignore',
  });
}

/** Lays the sources out as a checkout does; the packages are there, so that nothing is fetched. */
function checkOutTool(): void {
  const parts = ['.npmrc', 'bin', 'ci', 'fixtures/changes', 'fixtures/rules'];
  const more = ['fixtures/diagnostics', 'lab', 'schemas', 'scripts', 'src'];
  const manifests = ['package.json', 'package-lock.json', 'templates'];
  for (const path of [...parts, ...more, ...manifests])
    cpSync(join(root, path), join(tool, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tool, 'node_modules'));
}

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the lines of the action as a runner does: in the work tree, with its variables. */
function act(at: string, env: Readonly<Record<string, string>>): Run {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-e', '-o', 'pipefail', '-c', actionStep().run],
    {
      cwd: at,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        ACTION: tool,
        GITHUB_ACTIONS: 'true',
        ...env,
      },
    },
  );
  return { code: status, out: stdout, err: stderr };
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

function actionStep(): { readonly run: string } {
  const step = action.runs.steps.find(({ run }) => run !== undefined);
  return { run: step?.run ?? 'exit 99' };
}

describe('action.yml', () => {
  it('is a composite action whose run steps name their shell', () => {
    expect(action.runs.using).toBe('composite');
    for (const step of action.runs.steps) {
      expect([step.uses, step.run].filter(Boolean)).toHaveLength(1);
      if (step.run !== undefined) expect(step.shell).toBe('bash');
    }
  });

  it('describes every input, and hands each to its step through the environment', () => {
    const given = Object.values(
      action.runs.steps.find(({ run }) => run !== undefined)?.env ?? {},
    );
    for (const [name, input] of Object.entries(action.inputs)) {
      expect(input.description).not.toBe('');
      expect(given).toContain(`\${{ inputs.${name} }}`);
    }
  });

  it('puts no expression into a shell line, where an input could become code', () => {
    expect(actionStep().run).not.toContain('${{');
  });

  it('gives back the files that its inputs name', () => {
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(Object.keys(action.inputs)).toContain(name);
      expect(value).toBe(`\${{ inputs.${name} }}`);
    }
  });
});

describe('the lines of the action', () => {
  const files = {
    SARIF: join(folder, 'out.sarif'),
    JUNIT: join(folder, 'out.xml'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  };
  const read = (name: keyof typeof files): string =>
    readFileSync(files[name], 'utf8');
  let pull: Run;

  beforeAll(() => {
    checkOutTool();
    mkdirSync(origin);
    git(origin, 'init', '-q');
    writeFileSync(join(origin, 'event-arch.yaml'), spec('orderId: uuid'));
    git(origin, 'add', '-A');
    git(origin, 'commit', '-q', '-m', 'first');
    git(origin, 'checkout', '-q', '-b', 'work');
    writeFileSync(
      join(origin, 'event-arch.yaml'),
      spec('orderId: uuid, total: number'),
    );
    git(origin, 'commit', '-q', '-a', '-m', 'second');
    git(folder, 'clone', '-q', '-b', 'work', origin, clone);
    writeFileSync(files.GITHUB_STEP_SUMMARY, 'from another command\n');
    pull = act(clone, {
      ...files,
      SPEC: 'event-arch.yaml',
      GITHUB_BASE_REF: 'main',
    });
  });

  it('build the command, compare a pull request with its base, and fail on what it breaks', () => {
    expect(pull.err).toBe('');
    expect(pull.code).toBe(1);
    expect(statSync(join(tool, 'dist/cli.js')).isFile()).toBe(true);
  });

  it('annotate the line that breaks somebody', () => {
    expect(pull.out).toMatch(
      /^::error file=event-arch\.yaml,line=5,.*title=diff\/payload-refused::.*inventory/m,
    );
  });

  it('append the summary to what is there', () => {
    const summary = read('GITHUB_STEP_SUMMARY');
    expect(summary).toMatch(/^from another command\n## Design check/);
    expect(summary).toContain('## Design review: 1 breaking change');
    expect(summary).toContain('```mermaid');
  });

  it('write SARIF and JUnit with the same findings', () => {
    expect(read('SARIF')).toContain('"ruleId": "diff/payload-refused"');
    expect(read('JUNIT')).toContain('diff/payload-refused');
  });

  itWithSchema('sarif-2.1.0.schema.json', 'write valid SARIF', (schema) => {
    const {
      id: _id,
      $schema: _dialect,
      ...rest
    } = schema as {
      readonly id: string;
      readonly $schema: string;
    };
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(rest);
    validate(JSON.parse(read('SARIF')));
    expect(validate.errors).toBeNull();
  });

  it('review a push without a base, and several specs by glob', () => {
    writeFileSync(join(clone, 'second.yaml'), spec('orderId: uuid'));
    const run = act(clone, { ...files, SPEC: '*.yaml' });
    rmSync(join(clone, 'second.yaml'));
    expect(run.code).toBe(0);
    expect(read('JUNIT')).toContain('second.yaml');
  });

  it('run in a bash that knows no globstar, as that of macOS', () => {
    const shopt =
      '() { [[ $* == *globstar* ]] && return 1; builtin shopt "$@"; }';
    const run = act(clone, {
      ...files,
      SPEC: '*.yaml',
      'BASH_FUNC_shopt%%': shopt,
    });
    expect(run).toMatchObject({ code: 0, err: '' });
  });

  it('review a spec that includes others, as it is built and installed', () => {
    const run = act(root, {
      ...files,
      SPEC: 'fixtures/specs/by-context/library.yaml',
      AGAINST: 'none',
    });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(read('JUNIT')).toContain('by-context/contexts/');
  });

  it('stop when no file matches, and treat an input as text', () => {
    const run = act(clone, { ...files, SPEC: 'nothing-*.yaml' });
    expect(run.code).toBe(2);
    const hostile = act(clone, {
      ...files,
      SPEC: 'event-arch.yaml',
      AGAINST: '$(touch hacked); `touch hacked`',
    });
    expect(hostile.code).toBe(2);
    expect(hostile.err).toContain('there is no "$(touch hacked)');
    expect(() => readFileSync(join(clone, 'hacked'))).toThrow('ENOENT');
  });
});

describe('the other services', () => {
  it('GitLab: one job that keeps both reports also when it fails', () => {
    const jobs = parse(readFileSync(join(root, 'ci/gitlab.yml'), 'utf8')) as {
      readonly 'event-arch': {
        readonly script: readonly string[];
        readonly artifacts: {
          readonly when: string;
          readonly reports: Readonly<Record<string, string>>;
        };
      };
    };
    const job = jobs['event-arch'];
    expect(job.artifacts.when).toBe('always');
    for (const file of Object.values(job.artifacts.reports))
      expect(job.script.join('\n')).toContain(`=${file}`);
  });

  it('GitLab: its script compares with the base of the merge request', () => {
    const base = execFileSync('git', ['rev-parse', 'HEAD~1'], {
      cwd: clone,
      encoding: 'utf8',
    }).trim();
    const jobs = parse(readFileSync(join(root, 'ci/gitlab.yml'), 'utf8')) as {
      readonly 'event-arch': {
        readonly script: readonly string[];
        readonly variables: Readonly<Record<string, string>>;
      };
    };
    const { script, variables } = jobs['event-arch'];
    const { status } = spawnSync('bash', ['-ec', script.join('\n')], {
      cwd: clone,
      stdio: 'ignore',
      env: {
        ...variables,
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        // As the cache brings it back.
        EVENT_ARCH_FOLDER: tool,
        CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      },
    });
    expect(status).toBe(1);
    const quality = join(clone, 'gl-code-quality-report.json');
    const issues = JSON.parse(readFileSync(quality, 'utf8')) as readonly {
      readonly check_name: string;
    }[];
    expect(issues.map((issue) => issue.check_name)).toContain(
      'diff/payload-refused',
    );
  });

  it('pre-commit: hooks with all that is needed, for files named as usual', () => {
    const hooks = parse(
      readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'),
    ) as readonly Readonly<Record<string, string>>[];
    for (const hook of hooks) {
      expect(Object.keys(hook)).toEqual(
        expect.arrayContaining(['id', 'name', 'entry', 'language', 'files']),
      );
      expect('design/event-arch.yaml').toMatch(new RegExp(hook['files'] ?? ''));
    }
  });

  it('pre-commit: each hook fails on what it is for', () => {
    const hooks = parse(
      readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'),
    ) as readonly { readonly id: string; readonly entry: string }[];
    writeFileSync(join(clone, 'event-arch.yaml'), spec('orderId: uuid'));
    const broken = join(clone, 'broken-event-arch.yaml');
    writeFileSync(broken, spec('orderId: uuuid'));
    const codes = hooks.map(({ id, entry }) => {
      const [script = '', ...words] = entry.split(' ');
      const { status, stdout } = spawnSync(
        join(tool, script),
        [...words, 'event-arch.yaml', ...(id === 'event-arch' ? [broken] : [])],
        { cwd: clone, encoding: 'utf8' },
      );
      return [
        id,
        status,
        /schema\/[\w-]+|resolve\/[\w-]+|breaking/.exec(stdout)?.[0],
      ];
    });
    expect(codes).toEqual([
      ['event-arch', 1, 'resolve/unknown-type'],
      ['event-arch-diff', 1, 'breaking'],
    ]);
  });

  it('say what they are by their variables', () => {
    expect(ciDefaults({})).toEqual({
      format: 'text',
      against: null,
      fromMergeBase: true,
      summary: null,
    });
    expect(
      ciDefaults({ GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: '' }),
    ).toMatchObject({ format: 'github', against: null });
  });
});

describe('every format', () => {
  it.each(['json', 'gitlab', 'sarif'])(
    'of ci, %s is valid when there is nothing to say',
    async (format) => {
      const { code, out, err } = await runCli(['ci', '-', '--format', format], {
        input: spec('orderId: uuid'),
      });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(() => JSON.parse(out) as unknown).not.toThrow();
    },
  );
});
