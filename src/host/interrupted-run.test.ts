// Runs of the built command line that are killed at any moment, and what the next run makes of it.
// EVENT_ARCH_RUNS multiplies the number of kills.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath } from '../testing/load-model.ts';
import { randomSource } from '../testing/random-source.ts';

const cli = fileURLToPath(new URL('../../bin/event-arch.js', import.meta.url));
const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');
const random = randomSource(11);
/** The Node 24 that .ci/install-brokers brings; null without it. */
const node24 =
  [
    join(
      process.env['EVENT_ARCH_CACHE'] ?? join(homedir(), '.cache/event-arch'),
      'node24/bin/node',
    ),
  ].find((path) => existsSync(path)) ?? null;
let work = '';
let fullMs = 0;
/** What an undisturbed run writes, and what it writes for the other spec. */
let wanted: ReadonlyMap<string, string> = new Map();
let ofOther: ReadonlyMap<string, string> = new Map();
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-kill-'));
  const clean = join(work, 'clean');
  const start = performance.now();
  expect(generate(shop, clean).status).toBe(0);
  fullMs = performance.now() - start;
  wanted = snapshot(clean);
  expect(generate(variant(), join(work, 'other')).status).toBe(0);
  ofOther = snapshot(join(work, 'other'));
}, 60_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (
  args: readonly string[],
  facts: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Ran =>
  spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    cwd: facts.cwd ?? work,
    env: { ...process.env, ...facts.env },
  });

/** Every file under a folder with its content, the manifest and leftovers included. */
function snapshot(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [relative(folder, path), readFileSync(path, 'base64')]),
  );
}

const shop = fixturePath('specs', 'shop.yaml');

function variant(): string {
  const path = join(work, 'variant.yaml');
  const text = readFileSync(shop, 'utf8');
  writeFileSync(
    path,
    text
      .replaceAll('notification-service', 'mail-service')
      .replace('name: Online shop', 'name: Other shop'),
  );
  return path;
}

async function killed(args: readonly string[], afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: 'ignore' });
  await new Promise<void>((end) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    child.once('exit', () => {
      clearTimeout(timer);
      end();
    });
  });
}

function generate(spec: string, folder: string, ...more: string[]): Ran {
  return run(['generate', spec, '-o', folder, ...more]);
}

const manifestPath = '.event-arch.json';
const textOf = (base64: string): string =>
  Buffer.from(base64, 'base64').toString('utf8');
const hashOf = (base64: string): string =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');

/** A snapshot in which files that are written once, and were by a run of the other spec, hold what this spec would write. */
function withoutFirstTexts(
  found: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { files } = JSON.parse(textOf(wanted.get(manifestPath) ?? '')) as {
    files: Record<string, { policy: string }>;
  };
  const settled = new Map(found);
  let manifest = textOf(found.get(manifestPath) ?? '');
  for (const [path, content] of found) {
    if (files[path]?.policy !== 'create-once') continue;
    if (content !== ofOther.get(path)) continue;
    const own = wanted.get(path) ?? '';
    settled.set(path, own);
    manifest = manifest.replaceAll(hashOf(content), hashOf(own));
  }
  return settled.set(manifestPath, Buffer.from(manifest).toString('base64'));
}

describe('a run that is killed', () => {
  it(
    'leaves a folder that the next run completes, byte for byte',
    async () => {
      const other = variant();
      const folder = join(work, 'killed');
      for (let count = 0; count < 4 * times; count += 1) {
        if (count % 4 === 0) rmSync(folder, { recursive: true, force: true });
        const spec = random.pick([shop, other]);
        const only = random.chance(0.3) ? ['--only', 'diagrams'] : [];
        const after = fullMs * (0.3 + random.int(0, 80) / 100);
        await killed(['generate', spec, '-o', folder, ...only], after);
        if (random.chance(0.5))
          await killed(['generate', other, '-o', folder], after);
        const last = generate(shop, folder);
        expect([last.status, last.stderr]).toEqual([0, expect.any(String)]);
        expect(withoutFirstTexts(snapshot(folder))).toEqual(wanted);
      }
    },
    600_000 * times,
  );

  it('is not harmed by a run beside it', async () => {
    const folder = join(work, 'both');
    await Promise.all(
      [0, 1, 2].map(() => killed(['generate', shop, '-o', folder], 60_000)),
    );
    expect(generate(shop, folder).status).toBe(0);
    expect(snapshot(folder)).toEqual(wanted);
  });
});

describe('the output folder', () => {
  const fresh = (name: string): string => {
    const folder = join(work, name);
    expect(generate(shop, folder).status).toBe(0);
    return folder;
  };

  it('keeps a file that was edited, tells it, and replaces it when forced', () => {
    const folder = fresh('edited');
    const guide = join(folder, 'GUIDE.md');
    const before = readFileSync(guide, 'utf8');
    writeFileSync(guide, 'mine\n');
    const kept = generate(shop, folder);
    expect([kept.status, readFileSync(guide, 'utf8')]).toEqual([1, 'mine\n']);
    expect(kept.stderr).toContain('edited/GUIDE.md');
    expect(generate(shop, folder, '--force').status).toBe(0);
    expect(readFileSync(guide, 'utf8')).toBe(before);
  });

  it('loses what the spec no longer yields, and gains what it now yields', () => {
    const folder = fresh('orphans');
    expect(generate(variant(), folder).status).toBe(0);
    const direct = join(work, 'direct');
    expect(generate(variant(), direct).status).toBe(0);
    const paths = (of: string): readonly string[] =>
      [...snapshot(of).keys()].filter((path) => !path.startsWith('code'));
    expect(paths(folder)).toEqual(paths(direct));
  });

  it('is not touched by --check and --dry-run', () => {
    const folder = fresh('reading');
    writeFileSync(join(folder, 'GUIDE.md'), 'mine\n');
    rmSync(join(folder, 'asyncapi.yaml'));
    const before = snapshot(folder);
    expect(generate(shop, folder, '--check').status).toBe(1);
    expect(generate(shop, folder, '--dry-run').status).toBe(0);
    expect(snapshot(folder)).toEqual(before);
    const absent = join(work, 'absent');
    expect(generate(shop, absent, '--check').status).toBe(1);
    expect(readdirSync(work)).not.toContain('absent');
  });

  it('is refused with its cause when it cannot be written', () => {
    const isFile = join(work, 'a-file');
    writeFileSync(isFile, '');
    const outside = join(work, 'outside');
    mkdirSync(outside);
    const linked = join(work, 'linked');
    mkdirSync(linked);
    symlinkSync(outside, join(linked, 'diagrams'));
    const inPlace = join(work, 'in-place');
    mkdirSync(inPlace);
    writeFileSync(join(inPlace, 'diagrams'), '');
    const asFolder = join(work, 'as-folder');
    mkdirSync(join(asFolder, 'GUIDE.md', 'x'), { recursive: true });
    for (const folder of [isFile, linked, inPlace, asFolder]) {
      const refused = generate(shop, folder);
      expect([folder, refused.status, refused.stderr]).toEqual([
        folder,
        2,
        expect.stringMatching(/^event-arch: .*(cannot|is a)/m),
      ]);
      expect(refused.stderr).not.toMatch(/\bat .*:\d+:\d+/);
    }
    expect(readdirSync(outside)).toEqual([]);
  });

  it.each([
    ['cut', '{ "files": {'],
    ['in conflict', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n'],
    ['of another kind', '[]'],
    [
      'with a path that leads out',
      '{"files":{"../victim":{"hash":"x","target":"document","policy":"overwrite"}}}',
    ],
  ])('with a manifest %s harms nothing', (_, manifest) => {
    const folder = join(work, 'manifest');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(join(work, 'victim'), 'kept');
    writeFileSync(join(folder, '.event-arch.json'), manifest);
    const { status, stderr } = generate(shop, folder, '--force');
    expect([0, 2]).toContain(status);
    if (status === 2) expect(stderr).toContain('.event-arch.json');
    expect(readFileSync(join(work, 'victim'), 'utf8')).toBe('kept');
  });

  it('holds the same bytes in any locale, time zone, home and working folder', () => {
    const other = join(work, 'elsewhere');
    mkdirSync(other);
    const folder = join(work, 'locale');
    const { status } = run(['generate', shop, '-o', folder], {
      cwd: other,
      env: {
        LC_ALL: 'tr_TR.UTF-8',
        LANG: 'ar',
        TZ: 'Asia/Kathmandu',
        HOME: other,
      },
    });
    expect(status).toBe(0);
    expect(snapshot(folder)).toEqual(wanted);
    chmodSync(folder, 0o755);
  });

  it.runIf(node24 !== null || process.env['CI'] === 'true')(
    'holds the same bytes when Node 24 writes it',
    () => {
      const folder = join(work, 'node24');
      const { status } = spawnSync(
        node24 ?? 'Node 24 is missing: .ci/install-brokers node installs it',
        [cli, 'generate', shop, '-o', folder],
        { cwd: work },
      );
      expect(status).toBe(0);
      expect(snapshot(folder)).toEqual(wanted);
    },
  );
});
