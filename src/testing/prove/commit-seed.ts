// The seed of a sample: another one for each commit, the same for everyone who looks at that commit.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Gives a number of the commit that is checked out; of none where there is no repository. */
export function commitSeed(): number {
  try {
    const hash = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number.parseInt(hash.slice(0, 7), 16);
  } catch {
    return 1;
  }
}
