// Measures the command line in ratios to a bare `node -e 0`, in one run, and prints a table.
//   npm run bench -- [--check] [--rounds 5] [--node24 /path/to/node]
// What is generated goes to a folder in memory where there is one, and once more to the disk, which has no limit: creating
// 8,000 files takes ext4 0.3 s, and up to 4 s for some minutes after as many were deleted. What the disk takes for as many
// files alone is printed beside it; it may differ from one folder to the next.
// `--check` exits with 1 when a figure is over its limit times the tolerance for a noisy machine (EVENT_ARCH_BENCH_TOLERANCE, default 1).
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { largeSpec } from './large-spec.js';

/** The Node 24 that .ci/install-brokers brings; empty without it. */
function installedNode24() {
  const cache =
    process.env.EVENT_ARCH_CACHE ?? join(homedir(), '.cache/event-arch');
  const path = join(cache, 'node24/bin/node');
  return existsSync(path) ? path : '';
}

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    node24: {
      type: 'string',
      default: process.env.NODE24 ?? installedNode24(),
    },
  },
});
const rounds = Number(values.rounds);
const tolerance = Number(process.env.EVENT_ARCH_BENCH_TOLERANCE ?? '1');
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'bin/event-arch.js');
const work = mkdtempSync(join(tmpdir(), 'event-arch-bench-'));
const inMemory = hasRoom('/dev/shm', 200e6)
  ? mkdtempSync('/dev/shm/event-arch-bench-')
  : work;
const shop = join(root, 'fixtures/specs/shop.yaml');

function hasRoom(folder, bytes) {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > bytes;
}

function specOf(events) {
  const file = join(work, `events-${events}.yaml`);
  writeFileSync(file, largeSpec(events));
  return file;
}
const specs = Object.fromEntries(
  [1000, 5000, 10_000].map((events) => [events, specOf(events)]),
);

/** Runs a command once; wall time in ms, and what it printed on its way out. */
function once(node, args) {
  const start = process.hrtime.bigint();
  const run = spawnSync(node, args, {
    cwd: work,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (run.status !== 0) {
    throw new Error(
      `${args.join(' ')} exited with ${run.status}: ${run.stderr.slice(0, 2000)}`,
    );
  }
  return { ms, stderr: run.stderr };
}

const median = (numbers) =>
  numbers.toSorted((left, right) => left - right)[
    Math.floor(numbers.length / 2)
  ];

const generate = (spec, parent) => () => {
  const folder = mkdtempSync(join(parent, 'out-'));
  return [cli, 'generate', spec, '-o', folder];
};
/** Writes as many files, of as many bytes, as the large spec yields, and does nothing else. */
const writeAlone = () => [
  '-e',
  `const { mkdirSync, writeFileSync } = require('node:fs');
  const [folder] = process.argv.slice(1);
  const bytes = Buffer.alloc(4700, 'x');
  for (let index = 0; index < 8000; index += 1) {
    if (index % 2000 === 0) mkdirSync(folder + '/' + index / 2000);
    writeFileSync(folder + '/' + Math.floor(index / 2000) + '/' + index, bytes);
  }`,
  mkdtempSync(join(work, 'alone-')),
];
const cases = [
  { name: '--version', args: () => [cli, '--version'], limit: 1.5 },
  { name: 'validate shop', args: () => [cli, 'validate', shop], limit: 2.5 },
  {
    name: 'validate 1,000 events',
    args: () => [cli, 'validate', specs[1000]],
    limit: 8,
  },
  {
    name: 'validate 5,000 events',
    args: () => [cli, 'validate', specs[5000]],
    limit: 25,
    rounds: 3,
  },
  {
    name: 'generate 1,000 events',
    args: generate(specs[1000], inMemory),
    limit: 30,
  },
  {
    name: 'the same, to disk',
    args: generate(specs[1000], work),
    limit: null,
    rounds: 3,
  },
  {
    name: '8,000 files alone, to disk',
    args: writeAlone,
    limit: null,
    rounds: 3,
  },
];

/** Times every case between bare starts, so that both meet the same load of the machine. */
function measure(node) {
  once(node, ['-e', '0']);
  return cases.map(({ name, args, limit, rounds: own }) => {
    const bare = [];
    const times = [];
    for (let round = 0; round < Math.min(rounds, own ?? rounds); round += 1) {
      bare.push(once(node, ['-e', '0']).ms, once(node, ['-e', '0']).ms);
      const given = args();
      times.push(once(node, given).ms);
      const output = given.at(-1);
      if (inMemory !== work && output.startsWith(inMemory))
        rmSync(output, { recursive: true });
    }
    const ms = median(times);
    return { name, ms, ratio: ms / median(bare), limit };
  });
}

/** Cost per event at 10,000 events over that at 1,000, the start-up of each taken off. */
function growth(node) {
  const start = Math.min(
    ...[1, 2, 3].map(() => once(node, [cli, 'validate', shop]).ms),
  );
  const cost = (events, times) =>
    // The fastest run is the one that other work on the machine held up least.
    (Math.min(
      ...Array.from(
        { length: times },
        () => once(node, [cli, 'validate', specs[events]]).ms,
      ),
    ) -
      start) /
    events;
  const small = cost(1000, 5);
  return cost(10_000, 3) / small;
}

/** Peak resident memory of validating 5,000 events, MiB. */
function peakMemory(node) {
  const { stderr } = once(node, [
    '--import',
    new URL('./print-peak-memory.js', import.meta.url).href,
    cli,
    'validate',
    specs[5000],
  ]);
  return Number(/peak-kib (\d+)/.exec(stderr)[1]) / 1024;
}

const nodes = [{ label: 'Node 20', node: process.execPath }];
if (values.node24 !== '') {
  nodes.push({ label: 'Node 24', node: values.node24 });
}
const lines = [];
let isOver = false;
const byNode = [];
try {
  for (const { label, node } of nodes) {
    const version = spawnSync(node, ['--version'], {
      encoding: 'utf8',
    }).stdout.trim();
    const measured = measure(node);
    byNode.push(measured);
    lines.push(
      '',
      `${label} (${version})`,
      '| case | time, ms | ratio to a bare start | limit |',
      '| --- | --: | --: | --: |',
    );
    for (const { name, ms, ratio, limit } of measured) {
      // The limits are ratios on Node 20; on 24, where a bare start is three times as fast, absolute times count.
      const isLimited = label === 'Node 20' && limit !== null;
      if (isLimited && ratio > limit * tolerance) isOver = true;
      lines.push(
        `| ${name} | ${ms.toFixed(0)} | ${ratio.toFixed(2)} | ${isLimited ? limit : '-'} |`,
      );
    }
    if (label !== 'Node 20') continue;
    const factor = growth(node);
    const peak = peakMemory(node);
    if (factor > 1.3 * tolerance || peak > 300) isOver = true;
    lines.push(
      `| cost per event, 10,000 to 1,000 | - | ${factor.toFixed(2)} | 1.3 |`,
      `| peak memory, validate 5,000 events | ${peak.toFixed(0)} MiB | - | 300 MiB |`,
    );
  }
  const [on20, on24] = byNode;
  for (const [index, { name, ms, limit }] of (on24 ?? []).entries()) {
    if (limit === null || ms <= on20[index].ms * 1.05 * tolerance) continue;
    isOver = true;
    lines.push(`slower on Node 24 than on 20: ${name}`);
  }
} finally {
  for (const folder of [work, inMemory])
    rmSync(folder, { recursive: true, force: true });
}
console.log(lines.join('\n').trim());
if (values.check && isOver) {
  console.error('a figure is over its limit');
  process.exitCode = 1;
}
