// The npm packages of generated projects, installed once into a folder that all tests share and that is kept.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModel } from './load-model.ts';
import { kurrentShop } from './simulated-kurrent.ts';
import { platformaticShop } from './platformatic-shop.ts';
import { planCode } from './generated-project.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Gives the `node_modules` with everything that generated projects may need; installs it unless that has been done. */
export function codePackages(): string {
  const manifest = JSON.stringify(wantedPackages());
  const hash = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const parent = process.env['EVENT_ARCH_CACHE'] ?? tmpdir();
  const at = join(parent, `code-packages-${hash}`);
  if (!existsSync(at)) {
    mkdirSync(parent, { recursive: true });
    install(manifest, at);
  }
  return join(at, 'node_modules');
}

/** Puts the packages into a project's folder. */
export function linkPackages(folder: string): void {
  const link = join(folder, 'node_modules');
  if (!existsSync(link)) symlinkSync(codePackages(), link);
}

/** The packages of one project on each broker, with each client, and on each event store together. */
function wantedPackages(): object {
  const models = [
    loadModel('shop', 'kafka'),
    loadModel('shop', 'rabbitmq'),
    kurrentShop(),
    platformaticShop(),
  ];
  const manifests = models.map(
    (model) =>
      JSON.parse(
        planCode(model).get('package.json')?.content ?? '{}',
      ) as Manifest,
  );
  return {
    private: true,
    dependencies: merged(manifests.map(({ dependencies }) => dependencies)),
    devDependencies: merged(
      manifests.map(({ devDependencies }) => devDependencies),
    ),
  };
}

function merged(
  parts: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(parts.flatMap(Object.entries<string>));
}

/** Two test files may want the packages at once: each installs beside the place, and the first to be done moves in. */
function install(manifest: string, at: string): void {
  const own = mkdtempSync(`${at}-`);
  try {
    writeFileSync(join(own, 'package.json'), manifest);
    execFileSync(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        '--engine-strict=false',
      ],
      { cwd: own, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    renameSync(own, at);
  } catch (error) {
    if (!existsSync(at)) throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
