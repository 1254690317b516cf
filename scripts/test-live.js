// Runs the tests that start real servers; what the machine lacks is skipped with a sentence on how to get it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(
  new URL('../node_modules/vitest/vitest.mjs', import.meta.url),
);
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, EVENT_ARCH_LIVE: '1' } },
);
process.exitCode = status ?? 1;
