// The command line in a real pseudo-terminal, made by util-linux `script`: what is typed goes in, what is shown comes out.
import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { it } from 'vitest';

/** Keys as terminals send them. */
export const keys = {
  enter: '\r',
  down: '\u001b[B',
  space: ' ',
  interrupt: '\u0003',
} as const;

export interface TerminalRun {
  /** Waits until a text is shown that was not there at the last call. Throws when it does not come. */
  readonly shows: (text: string) => Promise<void>;
  readonly type: (text: string) => void;
  /** Waits for the end; gives the exit code and everything that was shown, without control sequences. */
  readonly ended: () => Promise<{
    readonly code: number;
    readonly shown: string;
  }>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles the sources as they are now, so that the test needs no build. Gives the path of the program. */
export async function bundledCli(folder: string): Promise<string> {
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { main } from './src/cli/entry.ts'; await main();`,
      resolveDir: root,
    },
    outfile: resolve(folder, 'cli.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return resolve(folder, 'cli.mjs');
}

/** Starts `node <program> ...` in a pseudo-terminal. */
export function startInTerminal(
  argv: readonly string[],
  {
    cwd,
    env = {},
  }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): TerminalRun {
  const quoted = [process.execPath, ...argv]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(' ');
  const child = spawn('script', ['-qefc', quoted, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm', CI: '', NO_COLOR: '1', ...env },
  });
  let raw = '';
  /** Up to where the text without control characters has been looked at. */
  let seen = 0;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const check of waiting) check();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString('utf8');
    wake();
  });
  const closed = new Promise<number>((done) => {
    child.on('close', (code) => {
      done(code ?? -1);
      wake();
    });
  });
  return {
    type: (text) => void child.stdin.write(text),
    shows: (text) =>
      new Promise((done, fail) => {
        const check = (): void => {
          const plain = stripVTControlCharacters(raw);
          // The last of them: a prompt is drawn several times. What stands behind it may have come together with it.
          const at = plain.lastIndexOf(text);
          const found = at >= seen;
          if (!found && child.exitCode === null) return;
          waiting.delete(check);
          clearTimeout(timer);
          if (!found) {
            fail(
              new Error(
                `ended without showing "${text}":\n${stripVTControlCharacters(raw)}`,
              ),
            );
            return;
          }
          seen = at + text.length;
          done();
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          child.kill();
          fail(
            new Error(
              `"${text}" was not shown:\n${stripVTControlCharacters(raw)}`,
            ),
          );
        }, 20_000);
        waiting.add(check);
        check();
      }),
    ended: async () => ({
      code: await closed,
      shown: stripVTControlCharacters(raw),
    }),
  };
}

/** Runs a test in a pseudo-terminal; where `script` is missing the test says so, and under CI it fails. */
export function itInTerminal(title: string, test: () => Promise<void>): void {
  const version = spawnSync('script', ['--version'], { encoding: 'utf8' });
  const isThere = version.status === 0 && version.stdout.includes('util-linux');
  const reason = 'needs the command "script" of util-linux';
  if (isThere) it(title, test, 120_000);
  else if (process.env['CI'] === undefined || process.env['CI'] === '')
    it.skip(`${title} (${reason})`, test);
  else
    it(title, () => {
      throw new Error(reason);
    });
}
