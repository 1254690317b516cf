// What the manifests name is what is used: the root's builds the command, and lab/ has what only tests and checks need.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { mermaidCliMajor, puppeteerMajor } from '../src/host/render-images.ts';

const root = resolve(import.meta.dirname, '..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}
interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly hasInstallScript?: boolean; readonly resolved?: string }
    >
  >;
}

const manifest = JSON.parse(text('package.json')) as Manifest;
const lab = JSON.parse(text('lab/package.json')) as Manifest;
const lock = JSON.parse(text('package-lock.json')) as Lock;
const ownNames = new Set(
  Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
);
const labNames = Object.keys({ ...lab.dependencies });

const sources = ['src', 'scripts', 'bin']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  )
  .filter((path) => /\.[jt]s$/.test(path))
  .map((path) => ({ path, text: text(path) }));

/** What the command is built from and by; the rest tests, checks or measures it. */
const isProduct = (path: string): boolean =>
  path.startsWith('src/') &&
  !path.startsWith('src/testing/') &&
  !path.endsWith('.test.ts');
const buildScripts = [
  'scripts/build.js',
  'scripts/compile-validators.js',
  'scripts/load-source.js',
  'scripts/setup.js',
  'scripts/third-party-notices.js',
  'scripts/write-types.js',
];

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

/** The packages that a module imports, also late or as types only. */
const importsOf = (source: string): readonly string[] =>
  ts
    .preProcessFile(source, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => /^[@a-z]/.test(name) && !name.startsWith('node:'))
    .map(packageOf);

const used = sources.flatMap(({ path, text: source }) =>
  importsOf(source).map((name) => ({ path, name })),
);

describe('the manifests', () => {
  it('name in the root everything that the command is built from', () => {
    const built = used.filter(
      ({ path }) => isProduct(path) || buildScripts.includes(path),
    );
    expect(built.length).toBeGreaterThan(10);
    const wrong = built.filter(({ name }) => !ownNames.has(name));
    expect(wrong).toEqual([]);
  });

  it('name everything that a test or a script imports', () => {
    const known = new Set([...ownNames, ...labNames]);
    expect(used.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it('name nothing twice, and nothing in lab/ that is not used', () => {
    const scripts = Object.values(manifest.scripts ?? {}).join('\n');
    const unused = labNames.filter(
      (name) =>
        !used.some((one) => one.name === name) &&
        !sources.some(({ text: source }) => source.includes(`'${name}`)) &&
        !new RegExp(`(?:^|&& )${name} `, 'm').test(scripts) &&
        // Types of what is used, and the part of oxlint that reads types.
        !name.startsWith('@types/') &&
        name !== 'oxlint-tsgolint',
    );
    expect(unused).toEqual([]);
    expect(labNames.filter((name) => ownNames.has(name))).toEqual([]);
  });

  it('have what the command asks to be installed for images', () => {
    const majorOf = (name: string): number =>
      Number.parseInt(lab.dependencies?.[name] ?? '', 10);
    expect(majorOf('@mermaid-js/mermaid-cli')).toBe(mermaidCliMajor);
    expect(majorOf('puppeteer-core')).toBe(puppeteerMajor);
  });

  it('pin every version', () => {
    const versions = Object.values({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...lab.dependencies,
    });
    expect(versions.filter((version) => !/^\d[\d.]*$/.test(version))).toEqual(
      [],
    );
  });

  it('let no package run a script of its own when it is installed', () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
      .toSorted();
    const denied = Object.entries(manifest.allowScripts ?? {})
      .filter(([, isAllowed]) => !isAllowed)
      .map(([name]) => name)
      .toSorted();
    expect(denied).toEqual(scripted);
  });

  it('are locked without the name of a host', () => {
    const hosts = Object.values(lock.packages)
      .map(({ resolved = '' }) => resolved)
      .filter((resolved) => resolved.includes(':'));
    expect(hosts).toEqual([]);
  });
});
