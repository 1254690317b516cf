// Makes a fresh clone ready: installs what package-lock.json names, and builds what is older than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => `${root}${path}`;

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
    // The browser that puppeteer would download is not used: see src/host/find-browser.ts.
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
}

const installed = 'node_modules/.package-lock.json';
const isInstalled =
  existsSync(at(installed)) &&
  statSync(at(installed)).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
if (!isInstalled) run('npm', ['install', '--no-audit', '--no-fund']);

const isBuilt =
  existsSync(at('dist/cli.js')) &&
  statSync(at('dist/cli.js')).mtimeMs >=
    Math.max(
      ...[
        'src',
        'schemas',
        'scripts',
        'fixtures/rules',
        'fixtures/diagnostics',
      ].map((folder) => newest(at(folder))),
    );
if (!isBuilt) run(process.execPath, [at('scripts/build.js')]);
