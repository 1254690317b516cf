// Runs of the built command line over a spec that is large enough for two threads, killed while both of them write.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { largeSpec } from '../testing/large-spec.ts';

const cli = fileURLToPath(new URL('../../bin/event-arch.js', import.meta.url));
let work = '';
let spec = '';
let wanted: ReadonlyMap<string, string> = new Map();
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-large-'));
  spec = join(work, 'large.yaml');
  // 260 events; JSON is YAML.
  writeFileSync(spec, JSON.stringify(largeSpec(26)));
  expect(generate('clean')).toBe(0);
  wanted = snapshot('clean');
}, 300_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

const argumentsFor = (folder: string): readonly string[] => [
  cli,
  'generate',
  spec,
  '-o',
  join(work, folder),
];

const generate = (folder: string): number | null =>
  spawnSync(process.execPath, argumentsFor(folder)).status;

/** Every file with its content, the manifest and leftovers included. */
function snapshot(folder: string): ReadonlyMap<string, string> {
  const root = join(work, folder);
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [relative(root, path), readFileSync(path, 'utf8')]),
  );
}

/** Kills a run as soon as a path is there. */
async function killedAt(folder: string, path: string): Promise<void> {
  const child = spawn(process.execPath, argumentsFor(folder), {
    stdio: 'ignore',
  });
  const end = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null && !existsSync(join(work, folder, path)))
    await pause(1);
  child.kill('SIGKILL');
  await end;
}

it.each([
  ['when nothing is written yet', '.event-arch.json'],
  ['while new folders are filled', '.event-arch-tmp'],
  ['when one of the folders is in its place', 'diagrams/overview.mmd'],
])(
  'is completed by the next run after a kill %s',
  async (_, path) => {
    const folder = `killed-${path.replaceAll('/', '-')}`;
    await killedAt(folder, path);
    expect(generate(folder)).toBe(0);
    expect(snapshot(folder)).toEqual(wanted);
    expect(existsSync(join(work, folder, 'diagrams/overview.mmd'))).toBe(true);
  },
  600_000,
);
