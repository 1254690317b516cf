// Runs the tests of RabbitMQ on the current version, which ".ci/install-brokers rabbitmq4" installs, instead of the one of the
// distribution: all of them, or a sample that the commit draws.
//   node scripts/rabbitmq4.js [--sample 5]
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { globSync } from 'tinyglobby';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { sample: { type: 'string' } } });

// Suites on one RabbitMQ. Those that install packages or kill processes for minutes bring servers of their own choice.
const suites = globSync('src/**/*.live.test.ts', { cwd: root })
  .filter((file) =>
    /describeWithBroker\(\s*'rabbitmq'/.test(
      readFileSync(new URL(file, `file://${root}`), 'utf8'),
    ),
  )
  .sort();

const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root })
  .toString()
  .trim();
const placeOf = (file) =>
  createHash('sha256').update(`${commit} ${file}`).digest('hex');
const chosen = [...suites]
  .sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
  .slice(0, Number(values.sample ?? suites.length))
  .sort();

console.log(
  `${chosen.length} of ${suites.length} suites of RabbitMQ on version 4, commit ${commit.slice(0, 12)}:`,
);
for (const file of chosen) console.log(`  ${file}`);
const { status } = spawnSync(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, 'run', ...chosen],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, EVENT_ARCH_LIVE: '1', RABBITMQ_VERSION: '4' },
  },
);
process.exitCode = status ?? 1;
