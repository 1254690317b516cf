// The command line in a test: in this process with a terminal that remembers, or in one of its own that can be killed.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { run } from '../cli/main.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. There is no terminal to ask on. */
export async function runCli(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isOutTty: false,
    isErrTty: false,
    isInTty: false,
    env,
    readInput: async () => Promise.resolve(''),
  });
  return { code, out, err };
}

/** What `plan` and `apply` print with `--format json`. */
export interface ToldPlan {
  readonly differences: readonly {
    readonly action: string;
    readonly kind: string;
    readonly name: string;
    readonly settings?: readonly { readonly key: string }[];
  }[];
  readonly asWanted: number;
  readonly shared: readonly string[];
  readonly foreign: readonly string[];
  readonly usersNotCompared: readonly string[];
  readonly steps?: readonly string[];
}

/** Reads the JSON of `plan` or `apply`. */
export function readPlan({ out }: CliResult): ToldPlan {
  return JSON.parse(out) as ToldPlan;
}

/** Lists differences as `action kind/name`. */
export function differencesOf({ differences }: ToldPlan): readonly string[] {
  return differences.map(
    ({ action, kind, name }) => `${action} ${kind}/${name}`,
  );
}

export interface BundledCli {
  /** Starts the command line as a process of its own. */
  readonly start: (
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => ChildProcess;
  readonly remove: () => void;
}

/** Bundles the command line to a private folder of this project, from where it finds the installed packages. */
export async function bundleCli(): Promise<BundledCli> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const parent = join(root, 'node_modules', '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'event-arch-cli-'));
  const file = join(folder, 'cli.mjs');
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { main } from './src/cli/entry.ts'; await main();`,
      resolveDir: root,
    },
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['inquirer'],
    banner: {
      js: "import{createRequire as $r}from'node:module';const require=$r(import.meta.url);",
    },
    logLevel: 'error',
  });
  return {
    start: (argv, env) =>
      spawn(process.execPath, [file, ...argv], {
        env: { PATH: process.env['PATH'] ?? '', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts the command line and kills it by SIGKILL once it has printed `lines` lines that begin with `word`. */
export async function killAfter(
  child: ChildProcess,
  word: string,
  lines: number,
): Promise<readonly string[]> {
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (linesOf(out, word).length >= lines) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('close', (_code, signal) =>
      signal === 'SIGKILL'
        ? resolve(linesOf(out, word))
        : reject(new Error(`it ended before it was killed:\n${out}`)),
    );
  });
}

const linesOf = (text: string, word: string): readonly string[] =>
  text.split('\n').filter((line) => line.startsWith(word));
