// No file under fixtures/ is left over: each is made from a registry, walked with its folder, or named by a test or script.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { reporters } from './cli/reporters/index.ts';
import { declaredDiagnostics } from './pipeline/catalogues.ts';
import { rules } from './rules/index.ts';
import { fixturePath } from './testing/load-model.ts';
import { runCli } from './testing/run-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const filesIn = (folder: string): readonly string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`
        .slice(root.length)
        .replaceAll('\\', '/'),
    );
const fixtures = filesIn('fixtures');
const text = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

describe('fixtures', () => {
  it('are all looked at', () => {
    expect(fixtures.length).toBeGreaterThan(800);
    expect(fixtures.filter((path) => !isUsed(path))).toEqual([]);
  });

  it('would be told when they are left over', () => {
    const left = [
      'fixtures/cli/reporters/expected/broken.code-scanning.txt',
      'fixtures/cli/scenarios/left-over.out',
      'fixtures/diagnostics/resolve/left-over/spec.yaml',
      'fixtures/rules/left-over/accepts.yaml',
      'fixtures/rules/dual-write/more.yaml',
      'fixtures/targets/kafka/shop/expected/broker/kafka/left-over.sh',
      'fixtures/specs/left-over.yaml',
    ];
    expect(left.filter(isUsed)).toEqual([]);
  });
});

type Use = readonly [folder: string, isUsed: (rest: string) => boolean];

const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '');
const exists = (path: string): boolean => fixtures.includes(path);

/** By folder: what may lie in it. The most special folder comes first. */
const uses: readonly Use[] = [
  [
    'cli/reporters/expected',
    (rest) =>
      rest === 'meaning.sarif.txt' ||
      reporters
        .filter(({ name }) => !['code-scanning', 'sarif'].includes(name))
        .flatMap(({ name }) =>
          ['broken', 'meaning'].map((of) => `${of}.${name}`),
        )
        .includes(stemOf(rest)),
  ],
  [
    'cli/scenarios',
    (rest) =>
      ['out', 'scenario'].every((kind) =>
        exists(`fixtures/cli/scenarios/${stemOf(rest)}.${kind}`),
      ),
  ],
  [
    'rules/specs',
    (rest) => {
      const [spec = '', broker = ''] = rest.split('.');
      const names = [spec, spec.replace('by-context-', 'by-context/')];
      return (
        names.some((name) => exists(`fixtures/specs/${name}.yaml`)) &&
        rest === `${spec}.${broker}.expected.txt`
      );
    },
  ],
  [
    'rules',
    (rest) => {
      const [name = '', file = ''] = rest.split('/');
      const usual = ['accepts.yaml', 'reports.yaml', 'reports.expected.txt'];
      return rules.some((rule) => rule.name === name) && usual.includes(file);
    },
  ],
  ['diagnostics', isOfDiagnostic],
  ['changes/examples', isOfChange],
  ['targets', isOfTarget],
  [
    'first-specs',
    (rest) =>
      exists(
        `fixtures/first-specs/${rest.replace('.expected.txt', '.yaml')}`,
      ) && naming.includes("'first-specs'"),
  ],
  ['remedies', () => naming.includes("fixturePath('remedies')")],
  // Walked as a whole, by what includes or installs them.
  ['specs/by-context/contexts', () => true],
  ['chaos/app', () => naming.includes("'chaos', 'app'")],
  ['plugin', () => naming.includes("'plugin'")],
];

/** Paths of what is generated of the shop, for every broker. */
const made = new Set<string>();
beforeAll(async () => {
  for (const broker of ['kafka', 'rabbitmq']) {
    const folder = '/nowhere/architecture';
    const spec = fixturePath('specs', 'shop.yaml');
    const argv = ['generate', spec, '--broker', broker, '--dry-run', '-o'];
    const { out } = await runCli([...argv, folder]);
    for (const line of out.trimEnd().split('\n'))
      made.add(line.slice(`create: ${folder}/`.length));
  }
}, 60_000);

/** Expected files are those that are made, under their whole path or the end of it. */
function isOfTarget(rest: string): boolean {
  const [, , ...path] = rest.split('/');
  const name = path.filter((part) => part !== 'expected').join('/');
  const bare = name.replace(/^(?:kafka|rabbitmq)\./, '');
  return [...made].some((one) => one.endsWith(bare)) || isNamed(rest);
}

/** A code, or one of its cases, whose files are the spec, what is expected, and what they name. */
function isOfDiagnostic(rest: string): boolean {
  const [stage = '', folder = ''] = rest.split('/');
  const [slug = ''] = folder.split('--');
  return (
    isDeclared(`${stage}/${slug}`) &&
    isPart(`diagnostics/${stage}/${folder}`, rest)
  );
}

function isOfChange(rest: string): boolean {
  const [slug = ''] = rest.split('/');
  return isDeclared(`diff/${slug}`) && isPart(`changes/examples/${slug}`, rest);
}

const codes = new Set(declaredDiagnostics().map(({ code }) => `${code}`));
const isDeclared = (code: string): boolean => codes.has(code);

const usualParts =
  /^(?:spec|before|after|good|event-arch|good\.config|event-arch\.config)\.yaml$|^(?:expected|good|known)\.txt$/;

function isPart(folder: string, path: string): boolean {
  // What stands for a file in the corrected version has its name behind "good.".
  const name = nameOf(path).replace(/^good\.(?=\w+[.-])/, '');
  return (
    (exists(`fixtures/${folder}/${name}`) && name !== nameOf(path)) ||
    usualParts.test(name) ||
    fixtures.some(
      (other) =>
        other.startsWith(`fixtures/${folder}/`) &&
        nameOf(other) !== name &&
        text(other).includes(name),
    )
  );
}

/** What names fixtures: tests, scripts, and what a build or a check is told. */
const naming = [...filesIn('src'), ...filesIn('scripts'), 'package.json']
  .filter((path) => /\.(?:ts|js|json)$/.test(path))
  .filter((path) => path !== 'src/fixtures.test.ts')
  .map(text)
  .join('\n');

/** Named by its file, with its ending or without. */
const isNamed = (path: string): boolean =>
  [nameOf(path), stemOf(nameOf(path))].some(
    (name) => naming.includes(`'${name}'`) || naming.includes(`/${name}'`),
  );

function isUsed(path: string): boolean {
  const inside = path.slice('fixtures/'.length);
  const use = uses.find(([folder]) => inside.startsWith(`${folder}/`));
  if (use !== undefined) return use[1](inside.slice(use[0].length + 1));
  return isNamed(path);
}
