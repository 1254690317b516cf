// The command on real repositories in temporary folders: branches, tags, shallow clones, renames, links, submodules.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../testing/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-arch-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spec = (fields: string, more = ''): string =>
  `eventArch: 1
name: Hello
broker: rabbitmq
${more}events:
  order.created: { key: orderId, payload: { ${fields} } }
publishers:
  orders: [order.created]
consumers:
  inventory: [order.created]
`;
const old = spec('orderId: uuid');
const optional = spec('orderId: uuid, total?: number');
const breaking = spec('orderId: uuid, total: number');

const settings = [
  'user.name=Test',
  'user.email=test@shop.test',
  'init.defaultBranch=main',
  'protocol.file.allow=always',
  'commit.gpgsign=false',
];

function git(at: string, ...argv: readonly string[]): string {
  return execFileSync(
    'git',
    [...settings.flatMap((setting) => ['-c', setting]), ...argv],
    { cwd: at, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

function write(at: string, file: string, text: string): void {
  mkdirSync(dirname(join(at, file)), { recursive: true });
  writeFileSync(join(at, file), text);
}

function commit(at: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) write(at, file, text);
  git(at, 'add', '-A');
  git(at, 'commit', '-q', '-m', 'change');
}

function repository(
  name: string,
  files: Readonly<Record<string, string>>,
): string {
  const at = join(folder, name);
  mkdirSync(at, { recursive: true });
  git(at, 'init', '-q');
  commit(at, files);
  return at;
}

interface Told {
  readonly code: number;
  readonly err: string;
  readonly changes: readonly string[];
  readonly notes: readonly string[];
}

async function diff(file: string, ...argv: readonly string[]): Promise<Told> {
  const { code, out, err } = await runCli([
    'diff',
    file,
    '--format',
    'json',
    ...argv,
  ]);
  if (out === '') return { code, err, changes: [], notes: [] };
  const told = JSON.parse(out) as {
    readonly changes: readonly { readonly code: string }[];
    readonly notes: readonly string[];
  };
  return {
    code,
    err,
    changes: told.changes.map((change) => change.code),
    notes: told.notes,
  };
}

describe('diff against a revision', () => {
  const at = join(folder, 'plain');
  const file = join(at, 'specs/hello.yaml');
  beforeAll(() => {
    repository('plain', { 'specs/hello.yaml': old });
    git(at, 'tag', 'v1');
    git(at, 'checkout', '-q', '-b', 'work');
    commit(at, { 'specs/hello.yaml': breaking });
  });

  it('sees what a branch changed, and fails on a breaking change', async () => {
    expect(await diff(file, '--against', 'main')).toMatchObject({
      code: 1,
      changes: ['diff/payload-refused'],
      notes: [],
    });
  });

  it.each(['v1', 'HEAD~1', 'main:specs/hello.yaml', 'refs/heads/main'])(
    'takes %s',
    async (revision) => {
      expect((await diff(file, '--against', revision)).changes).toEqual([
        'diff/payload-refused',
      ]);
    },
  );

  it('compares what is not committed yet', async () => {
    write(at, 'specs/hello.yaml', optional);
    const told = await diff(file, '--against', 'HEAD');
    git(at, 'checkout', '-q', '--', '.');
    expect(told.changes).toEqual(['diff/payload-changed']);
  });

  it('leaves out what the other branch did since the two parted', async () => {
    git(at, 'checkout', '-q', 'main');
    commit(at, {
      'specs/hello.yaml': old.concat(
        'services:\n  audit: { owner: team-audit }\n',
      ),
    });
    git(at, 'checkout', '-q', 'work');
    expect((await diff(file, '--against', 'main')).changes).toEqual([
      'diff/payload-refused',
    ]);
    expect(
      (await diff(file, '--against', 'main', '--no-merge-base')).changes,
    ).toEqual(['diff/payload-refused', 'diff/service-removed']);
  });

  it('tells that everything is new where the spec was not there', async () => {
    write(at, 'other/new.yaml', old);
    const told = await diff(join(at, 'other/new.yaml'), '--against', 'main');
    rmSync(join(at, 'other'), { recursive: true });
    expect(told.code).toBe(0);
    expect(told.notes[0]).toContain('everything is new');
    expect(told.changes).toContain('diff/event-added');
  });

  it('follows a spec that was moved', async () => {
    mkdirSync(join(at, 'design'));
    git(at, 'mv', 'specs/hello.yaml', 'design/shop.yaml');
    const told = await diff(join(at, 'design/shop.yaml'), '--against', 'v1');
    git(at, 'reset', '-q', '--hard');
    expect(told.changes).toEqual(['diff/payload-refused']);
    expect(told.notes[0]).toContain('specs/hello.yaml at v1');
  });

  it('writes nothing into the repository', async () => {
    const state = (): string =>
      readdirSync(join(at, '.git'), { recursive: true, encoding: 'utf8' })
        .map((name) => `${name} ${statSync(join(at, '.git', name)).mtimeMs}`)
        .join('\n');
    const before = state();
    await diff(file, '--against', 'main');
    expect(state()).toBe(before);
    expect(git(at, 'status', '--porcelain')).toBe('');
  });

  it('names the remedy for a revision that there is not', async () => {
    const { code, err } = await diff(file, '--against', 'nowhere');
    expect(code).toBe(2);
    expect(err).toContain('there is no "nowhere" in this repository');
  });
});

describe('diff in clones and other trees', () => {
  beforeAll(() => {
    const origin = repository('origin', {
      'specs/hello.yaml':
        'include: parts/*.yaml\n' + old.replace(/publishers:[^]*/, ''),
      'specs/parts/who.yaml': old.replace(/[^]*(?=publishers:)/, ''),
    });
    git(origin, 'checkout', '-q', '-b', 'work');
    commit(origin, { 'notes.md': 'one\n' });
    commit(origin, {
      'specs/hello.yaml':
        'include: parts/*.yaml\n' + optional.replace(/publishers:[^]*/, ''),
      'specs/parts/who.yaml':
        'publishers:\n  orders: [order.created]\nconsumers:\n  billing: [order.created]\n',
    });
  });

  const origin = join(folder, 'origin');

  it('reads the includes of the old design from its revision', async () => {
    const told = await diff(
      join(origin, 'specs/hello.yaml'),
      '--against',
      'main',
    );
    expect(told.changes).toEqual(
      expect.arrayContaining([
        'diff/consumer-added',
        'diff/consumer-removed',
        'diff/payload-changed',
      ]),
    );
  });

  it('compares with a remote branch in a full clone', async () => {
    const clone = join(folder, 'full');
    git(folder, 'clone', '-q', '-b', 'work', origin, clone);
    const file = join(clone, 'specs/hello.yaml');
    expect((await diff(file, '--against', 'origin/main')).changes).toContain(
      'diff/consumer-removed',
    );
    const { err } = await diff(file, '--against', 'main');
    expect(err).toContain('Did you mean "origin/main"?');
  });

  it('says what a shallow clone lacks, and compares once it is there', async () => {
    const clone = join(folder, 'shallow');
    git(
      folder,
      'clone',
      '-q',
      '--depth',
      '1',
      '-b',
      'work',
      `file://${origin}`,
      clone,
    );
    const file = join(clone, 'specs/hello.yaml');
    const first = await diff(file, '--against', 'origin/main');
    expect(first.code).toBe(2);
    expect(first.err).toContain(
      'git fetch origin main:refs/remotes/origin/main',
    );
    expect(first.err).toContain('fetch-depth: 0');
    git(
      clone,
      'fetch',
      '-q',
      '--depth',
      '1',
      'origin',
      'main:refs/remotes/origin/main',
    );
    const second = await diff(file, '--against', 'origin/main');
    expect(second.code).toBe(2);
    expect(second.err).toContain('git fetch --unshallow');
    expect(second.err).toContain('--no-merge-base');
    const direct = await diff(
      file,
      '--against',
      'origin/main',
      '--no-merge-base',
    );
    expect(direct.changes).toContain('diff/consumer-removed');
    git(clone, 'fetch', '-q', '--unshallow');
    expect((await diff(file, '--against', 'origin/main')).changes).toContain(
      'diff/consumer-removed',
    );
  });

  it('works in a further work tree and in a submodule', async () => {
    const tree = join(folder, 'tree');
    git(origin, 'worktree', 'add', '-q', '--detach', tree, 'work');
    expect(
      (await diff(join(tree, 'specs/hello.yaml'), '--against', 'main')).changes,
    ).toContain('diff/consumer-removed');
    const outer = repository('outer', { 'readme.md': 'outer\n' });
    git(outer, 'submodule', '--quiet', 'add', '-b', 'work', origin, 'design');
    expect(
      (
        await diff(
          join(outer, 'design/specs/hello.yaml'),
          '--against',
          'origin/main',
        )
      ).changes,
    ).toContain('diff/consumer-removed');
  });

  it('reads a spec and a schema through symbolic links', async () => {
    const schema = (type: string): string =>
      JSON.stringify({
        type: 'object',
        required: ['orderId'],
        additionalProperties: false,
        properties: { orderId: { type } },
      });
    const linked = repository('linked', {
      'real/hello.yaml': old.replace(
        'payload: { orderId: uuid }',
        'schema: { $ref: ./order.schema.json }',
      ),
      'real/order.schema.json': schema('string'),
    });
    symlinkSync('real', join(linked, 'design'));
    git(linked, 'add', '-A');
    git(linked, 'commit', '-q', '-m', 'link');
    write(linked, 'real/order.schema.json', schema('integer'));
    expect(
      (await diff(join(linked, 'design/hello.yaml'), '--against', 'HEAD'))
        .changes,
    ).toEqual(['diff/payload-refused']);
  });
});

describe('diff against files and folders', () => {
  const at = join(folder, 'files');
  const file = join(at, 'hello.yaml');
  beforeAll(() => {
    write(at, 'hello.yaml', breaking);
    write(at, 'old/hello.yaml', old);
  });

  it('takes a file, and a folder with a spec of the same name', async () => {
    for (const other of ['old/hello.yaml', 'old'])
      expect((await diff(file, '--against', join(at, other))).changes).toEqual([
        'diff/payload-refused',
      ]);
  });

  it('says when it is neither a path nor a revision', async () => {
    const { code, err } = await diff(file, '--against', 'main');
    expect(code).toBe(2);
    expect(err).toContain('this is no git repository');
  });

  it('says when git is not there to ask', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = join(folder, 'empty');
    const { code, err } = await diff(file, '--against', 'main');
    process.env['PATH'] = path;
    expect(code).toBe(2);
    expect(err).toContain('git, which is not installed here');
  });

  it('refuses to compare with a design that does not resolve', async () => {
    write(at, 'bad/hello.yaml', old.replace('[order.created]', '[order.nope]'));
    const { code, err } = await diff(file, '--against', join(at, 'bad'));
    expect(code).toBe(2);
    expect(err).toContain('resolve/unknown-event');
  });
});
