// Makes a clone ready: installs what is missing of what package-lock.json names, and builds what is older than its sources.
//   node scripts/setup.js                what the command needs to be built, some 50 MB
//   node scripts/setup.js lab            and what the tests and checks need (lab/package.json), some 800 MB
//   node scripts/setup.js --no-install   installs nothing: tells what is missing and exits with 1
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => `${root}${path}`;

const { values, positionals } = parseArgs({
  options: { 'no-install': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const withLab = positionals.includes('lab');

const readJson = (path) =>
  existsSync(at(path)) ? JSON.parse(readFileSync(at(path), 'utf8')) : {};

/** The packages that a manifest pins and that are not there in that version. */
function missingOf(manifest) {
  const { dependencies, devDependencies } = readJson(manifest);
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(
      ([name, version]) =>
        readJson(`node_modules/${name}/package.json`).version !== version,
    )
    .map(([name]) => name);
}

/** Whether a package is there in another version than the lock file's: it was changed since. */
function isOutdated() {
  const { packages: locked = {} } = readJson('package-lock.json');
  const { packages: installed = {} } = readJson(
    'node_modules/.package-lock.json',
  );
  return Object.entries(installed).some(
    ([path, { version }]) =>
      locked[path] !== undefined && locked[path].version !== version,
  );
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.isFile()) {
      latest = Math.max(
        latest,
        statSync(`${entry.parentPath}/${entry.name}`).mtimeMs,
      );
    }
  }
  return latest;
}

function run(command, args) {
  const isWindows = process.platform === 'win32';
  const { status } = spawnSync(command, args, {
    cwd: root,
    // Results of the script that follows belong on standard output, so progress goes to standard error.
    stdio: ['ignore', 2, 2],
    shell: isWindows,
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Installs as `npm ci` does, without taking away first what is there. No package needs a script of its own for it. */
function install() {
  const lab = withLab ? ['--workspaces', '--include-workspace-root'] : [];
  run('npm', ['install', '--no-save', '--ignore-scripts', ...lab]);
}

const missing = [
  ...missingOf('package.json'),
  ...(withLab ? missingOf('lab/package.json') : []),
];
if (missing.length > 0 || isOutdated()) {
  if (values['no-install']) {
    const what =
      missing.length > 0 ? missing.join(', ') : 'the locked versions';
    console.error(
      `not installed: ${what}; "node scripts/setup.js${withLab ? ' lab' : ''}" installs it`,
    );
    process.exit(1);
  }
  install();
}

const sources = [
  'src',
  'schemas',
  'scripts',
  'fixtures/changes',
  'fixtures/rules',
  'fixtures/diagnostics',
];
// A build for a debugger is never packed: it has source maps.
const isBuilt =
  existsSync(at('dist/cli.js')) &&
  !existsSync(at('dist/cli.js.map')) &&
  statSync(at('dist/cli.js')).mtimeMs >=
    Math.max(...sources.map((folder) => newest(at(folder))));
if (!isBuilt) run(process.execPath, [at('scripts/build.js')]);
