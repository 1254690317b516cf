// Runs the tests of a generated project, all in one process: starting one for each file is most of what they take.
import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What running the tests of a project came to. */
export interface ProjectRun {
  readonly passed: number;
  /** Names of the outermost suites, with how many of their tests passed. */
  readonly suites: Readonly<Record<string, number>>;
  /** What is told of the tests that failed; empty when all passed. */
  readonly failures: string;
}

export interface ProjectTests {
  /** Compiled project. */
  readonly folder: string;
  /** Chooses the files, by path below `src`: `app/system.test`. */
  readonly isWanted: (name: string) => boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** The Node that runs them. */
  readonly node?: string;
}

/** Lists the test files of a compiled project, by path below `src`. */
export function testFilesOf(folder: string): readonly string[] {
  const dist = join(folder, 'dist');
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => relative(dist, join(dist, name)).split(sep).join('/'))
    .map((name) => name.slice(0, -'.js'.length))
    .toSorted();
}

/** Runs the tests that are wanted. */
export async function runProjectTests(of: ProjectTests): Promise<ProjectRun> {
  const names = testFilesOf(of.folder).filter(of.isWanted);
  if (names.length === 0) return { passed: 0, suites: {}, failures: '' };
  const entry = join(of.folder, 'dist', 'all-tests.js');
  const imports = names.map((name) => `await import('./${name}.js');\n`);
  writeFileSync(entry, imports.join(''));
  const { isEnded, stdout, stderr } = await run(of, entry);
  const passed = Number(/^# pass (\d+)$/m.exec(stdout)?.[1] ?? 0);
  const failed = Number(/^# fail (\d+)$/m.exec(stdout)?.[1] ?? -1);
  const isDone = isEnded && failed === 0 && passed > 0;
  return {
    passed,
    suites: suitesIn(stdout),
    failures: isDone ? '' : told(stdout, stderr),
  };
}

interface Output {
  /** Whether the process ended by itself, and well. */
  readonly isEnded: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(of: ProjectTests, entry: string): Promise<Output> {
  return new Promise((resolve) => {
    execFile(
      of.node ?? process.execPath,
      ['--test-reporter=tap', entry],
      {
        cwd: join(of.folder, 'dist'),
        maxBuffer: 64 * 1024 * 1024,
        timeout: 540_000,
        env: { ...process.env, ...of.environment },
      },
      (error, stdout, stderr) =>
        resolve({ isEnded: error === null, stdout, stderr }),
    );
  });
}

/** The failed tests with their errors; all that was printed where there is none of them. */
function told(stdout: string, stderr: string): string {
  const lines = stdout.split('\n');
  const failed = lines.flatMap((line, index) =>
    /^\s*not ok /.test(line) ? lines.slice(index, index + 25) : [],
  );
  return [...(failed.length === 0 ? lines : failed), stderr]
    .join('\n')
    .slice(0, 20_000);
}

/** Tests of an outermost suite are indented by four. */
function suitesIn(stdout: string): Readonly<Record<string, number>> {
  const suites: Record<string, number> = {};
  let passed = 0;
  for (const line of stdout.split('\n')) {
    if (/^ {4}ok \d+ - (?!.*# SKIP)/.test(line)) passed += 1;
    const [, name] = /^(?:not )?ok \d+ - (.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    suites[name] = passed;
    passed = 0;
  }
  return suites;
}
