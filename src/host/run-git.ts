// The git binary as this tool uses it: reads only, asks nothing, never writes into a repository.
import { spawnSync } from 'node:child_process';
import { HostError } from '../core/host.ts';

export interface GitResult {
  readonly isDone: boolean;
  readonly out: Buffer;
  /** What git said of its failure, without its prefix. */
  readonly problem: string;
}

const maxBytes = 256 * 1024 * 1024;

/** Runs git in a folder; its failure is a value. Throws: `HostError` when there is no git to run. */
export function runGit(
  folder: string,
  argv: readonly string[],
  input?: string,
): GitResult {
  const result = spawnSync('git', ['-C', folder, ...argv], {
    maxBuffer: maxBytes,
    ...(input !== undefined && { input }),
    env: {
      ...process.env,
      // Messages in one language, no prompt for a password, no refresh of the index on the way.
      LC_ALL: 'C',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_PAGER: 'cat',
    },
  });
  if (result.error !== undefined) {
    const isMissing = 'code' in result.error && result.error.code === 'ENOENT';
    throw new HostError(
      isMissing
        ? 'comparing with a git revision needs git, which is not installed here: install it, or name a file or folder with --against'
        : `git could not be run: ${result.error.message}`,
      { cause: result.error },
    );
  }
  return {
    isDone: result.status === 0,
    out: result.stdout,
    problem: result.stderr
      .toString('utf8')
      .trim()
      .replace(/^(?:fatal|error): /, ''),
  };
}
