// The import ranks of docs/architecture.md, held as data and checked against every file.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('.', import.meta.url));

/** What each folder may import, beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  syntax: ['core'],
  model: ['core'],
  render: ['core'],
  compat: ['core'],
  schema: ['core', 'syntax', 'model'],
  brokers: ['core', 'model'],
  diagrams: ['core', 'model', 'render', 'brokers'],
  resolve: ['core', 'syntax', 'schema', 'model', 'brokers'],
  rules: ['core', 'model'],
  policy: ['core', 'syntax', 'schema', 'rules'],
  plugin: ['core', 'model', 'rules'],
  fix: ['core', 'syntax'],
  targets: ['core', 'model', 'render', 'brokers', 'diagrams'],
  show: ['core', 'model', 'render'],
  apply: ['core', 'model', 'brokers'],
  changes: ['core', 'model', 'brokers', 'compat'],
  pipeline: [
    'core',
    'syntax',
    'schema',
    'model',
    'render',
    'brokers',
    'diagrams',
    'resolve',
    'rules',
    'policy',
    'fix',
    'targets',
    'compat',
    'changes',
  ],
  host: ['core'],
  cli: [
    'core',
    'model',
    'brokers',
    'render',
    'targets',
    'resolve',
    'schema',
    'syntax',
    'pipeline',
    'host',
    'apply',
    'show',
    'rules',
    'policy',
    'fix',
    'plugin',
    'compat',
    'changes',
  ],
};

/** Files outside the sources that are bundled as data. */
const assets = new Set(['package.json', 'schemas']);

/** The one owner of each dependency; Node's own modules belong to the edges. */
const owners: Readonly<Record<string, readonly string[]>> = {
  ajv: ['schema'],
  'ajv-formats': ['schema'],
  yaml: ['syntax', 'render'],
  handlebars: ['render'],
  commander: ['cli'],
  diff: ['fix'],
  inquirer: ['cli'],
  // An optional peer, loaded by host/load-peer.ts: nothing may need it to be there.
  kafkajs: [],
  tinyglobby: ['host'],
  node: ['host', 'cli'],
};

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      !file.startsWith('testing/'),
  );

const imports: readonly Import[] = files.flatMap((file) => {
  const folder = file.split('/')[0] ?? '';
  const text = readFileSync(`${source}${file}`, 'utf8');
  const found = text.matchAll(
    /(?:^(?:import|export)\b[^;]*?\bfrom\s+|\bimport\()\s*'([^']+)'/gms,
  );
  // Code that a target writes imports too, but names what it will be compiled to.
  return [...found]
    .map(([, target = '']) => ({ file, folder, target }))
    .filter(
      ({ target }) => !target.startsWith('.') || /\.(?:ts|json)$/.test(target),
    );
});

/** The file that an import names, from the sources on. */
function pathOf({ file, target }: Import): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const folderOf = (found: Import): string => pathOf(found).split('/')[0] ?? '';

/** One circle of files that import each other, in order; empty when there is none. Types and late imports count. */
function circle(): readonly string[] {
  const next = new Map(
    files.map((file) => [file, imports.filter((found) => found.file === file)]),
  );
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): readonly string[] => {
    if (above.includes(file))
      return [...above.slice(above.indexOf(file)), file];
    if (done.has(file)) return [];
    done.add(file);
    for (const found of next.get(file) ?? []) {
      const way = visit(pathOf(found), [...above, file]);
      if (way.length > 0) return way;
    }
    return [];
  };
  for (const file of files) {
    const way = visit(file, []);
    if (way.length > 0) return way;
  }
  return [];
}

describe('the import ranks', () => {
  it('see the whole source', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(500);
  });

  it('know every folder', () => {
    expect(
      [...new Set(files.map((file) => file.split('/')[0]))].filter(
        (folder) => !Object.hasOwn(allowed, folder ?? ''),
      ),
    ).toEqual([]);
  });

  it('let a folder import only lower ranks', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .map((found) => ({ ...found, to: folderOf(found) }))
      .filter(
        ({ folder, to }) =>
          to !== folder &&
          to !== '' &&
          !assets.has(to) &&
          !(allowed[folder] ?? []).includes(to),
      );
    expect(wrong.map(({ file, to }) => `${file} -> ${to}`)).toEqual([]);
  });

  it('lead in no circle, not by a type or a late import either', () => {
    expect(circle()).toEqual([]);
  });

  it('keep each command in a folder of its own, with its options apart', () => {
    const commands = files.filter((file) => file.startsWith('cli/commands/'));
    const wrong = imports.filter(
      (found) =>
        commands.includes(found.file) &&
        !found.file.endsWith('/command.ts') &&
        pathOf(found).endsWith('/command.ts'),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
    expect(commands.filter((file) => file.split('/').length !== 4)).toEqual([]);
  });

  it('give each dependency one owner', () => {
    const wrong = imports
      .filter(({ target }) => !target.startsWith('.'))
      .map((found) => ({
        ...found,
        name: found.target.startsWith('node:')
          ? 'node'
          : packageOf(found.target),
      }))
      .filter(
        ({ folder, name }) =>
          Object.hasOwn(owners, name) && !(owners[name] ?? []).includes(folder),
      );
    expect(wrong.map(({ file, name }) => `${file} -> ${name}`)).toEqual([]);
  });

  it('leave the name of a broker to its own target, and to the runtime of its client', () => {
    const wrong = files
      .filter((file) => file.startsWith('targets/'))
      .filter((file) =>
        /[!=]== '(?:kafka|rabbitmq)'/.test(
          readFileSync(`${source}${file}`, 'utf8'),
        ),
      );
    expect(wrong).toEqual([
      'targets/code/project-files.ts',
      'targets/kafka/emit.ts',
      'targets/rabbitmq/emit.ts',
    ]);
  });

  it('keep siblings inside rules, targets and brokers apart', () => {
    const wrong = imports
      .filter(
        ({ folder, file, target }) =>
          ['rules', 'targets', 'brokers'].includes(folder) &&
          file.split('/').length > 2 &&
          target.startsWith('.'),
      )
      .filter(
        ({ file, target }) =>
          /^\.\.\/[^./]/.test(target) &&
          file.split('/').length === 3 &&
          target.split('/').length > 2,
      );
    expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
  });
});

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
