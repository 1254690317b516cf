import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const isWindows = process.platform === 'win32';

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder = '';
let packed: Packed;

const installed = (...path: readonly string[]): string =>
  join(folder, 'node_modules', ...path);

function eventArch(...args: readonly string[]): string {
  const bin = installed('event-arch', 'bin', 'event-arch.js');
  return execFileSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

function bytesIn(path: string): number {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(path, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-arch-package-'));
  execFileSync(
    process.execPath,
    [join(root, 'scripts/setup.js'), '--no-install'],
    {
      stdio: 'ignore',
    },
  );
  // Newer versions of npm give an object by package name, older ones a list.
  const told = JSON.parse(
    npm(
      root,
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      folder,
    ),
  ) as Record<string, Packed>;
  const [only] = Object.values(told);
  if (only === undefined) throw new Error('npm packed nothing');
  packed = only;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(
    folder,
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    packed.filename,
  );
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds the files that the listing names, and no other', async () => {
    const names = packed.files.map(({ path }) =>
      // esbuild names a chunk after its content, and their number is its own affair.
      path.replace(/^dist\/[\w-]+-[A-Z0-9]{8}\.js$/, 'dist/<chunk>.js'),
    );
    const listing = `${[...new Set(names)].sort().join('\n')}\n`;
    await expect(listing).toMatchFileSnapshot('../fixtures/package/files.txt');
  });

  it('installs in at most 15 MB and 40 packages', () => {
    const lock = JSON.parse(
      readFileSync(installed('.package-lock.json'), 'utf8'),
    ) as { readonly packages: object };
    expect(Object.keys(lock.packages).length).toBeLessThanOrEqual(40);
    expect(bytesIn(installed())).toBeLessThanOrEqual(15_000_000);
  });

  it('is as small as the README says', () => {
    const { packages } = JSON.parse(
      readFileSync(installed('.package-lock.json'), 'utf8'),
    ) as { readonly packages: object };
    const [, count, megabytes] =
      /(\d+) packages, under (\d+) MB/.exec(
        readFileSync(join(root, 'README.md'), 'utf8'),
      ) ?? [];
    expect(Number(count)).toBe(Object.keys(packages).length);
    expect(bytesIn(installed()) / 1e6).toBeLessThan(Number(megabytes));
  });

  it('is the command of the machine after npm link in a clone', () => {
    execFileSync('npm', ['link', '--ignore-scripts'], {
      cwd: root,
      shell: isWindows,
      stdio: 'ignore',
      env: { ...process.env, npm_config_prefix: join(folder, 'prefix') },
    });
    const command = join(folder, 'prefix', 'bin', 'event-arch');
    const told = execFileSync(command, ['--version'], { encoding: 'utf8' });
    expect(told).toBe(eventArch('--version'));
  });

  it('names the licence of every package whose code it holds', () => {
    const notices = readFileSync(
      installed('event-arch', 'dist', 'THIRD-PARTY-NOTICES.txt'),
      'utf8',
    );
    const bundled = ['ajv', 'commander', 'handlebars', 'tinyglobby', 'yaml'];
    for (const name of bundled)
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  it('prints its version, validates and generates with nothing beside it', () => {
    const { version } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as { readonly version: string };
    const spec = join(root, 'fixtures/specs/shop.yaml');
    expect(eventArch('--version')).toBe(`${version}\n`);
    expect(eventArch('validate', spec)).toContain('shop.yaml');
    eventArch('generate', spec, '-o', 'architecture');
    const document = join(folder, 'architecture', 'ARCHITECTURE.md');
    expect(readFileSync(document, 'utf8')).toMatch(/^# /m);
  });

  it('reads YAML that only the library knows, and tells what the schema refuses', () => {
    const spec = join(folder, 'spec.yaml');
    writeFileSync(spec, 'eventArch: 1\nname: &name Shop\nevent: {}\n');
    const { status, stdout } = spawnSync(
      process.execPath,
      [installed('event-arch', 'bin', 'event-arch.js'), 'validate', spec],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stdout).toContain('Did you mean "events"?');
  });
});
