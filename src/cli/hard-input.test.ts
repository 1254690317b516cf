// The built command line on files, folders and pipes that are not as it would like them.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFixture } from '../testing/load-model.ts';

const cli = fileURLToPath(new URL('../../bin/event-arch.js', import.meta.url));
const hello = readFixture('specs', 'hello.yaml');
let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'event-arch-hard-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: readonly string[]): Ran =>
  spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    cwd: work,
    timeout: 60_000,
  });

const unreadable: readonly (readonly [string, Uint8Array | string, string])[] =
  [
    ['in UTF-16', Buffer.from(`\ufeff${hello}`, 'utf16le'), 'not UTF-8'],
    ['in Latin-1', Buffer.from('name: café\n', 'latin1'), 'not UTF-8'],
    ['of random bytes', Buffer.from([0, 255, 254, 128, 10]), 'not UTF-8'],
  ];

describe('the command line', () => {
  it.each(unreadable)(
    'names a spec %s, with what to do',
    (name, content, reason) => {
      writeFileSync(join(work, 'spec.yaml'), content);
      for (const command of ['validate', 'generate', 'show']) {
        const { status, stdout, stderr } = run(command, 'spec.yaml');
        expect({ name, status, stdout }).toEqual({
          name,
          status: 2,
          stdout: '',
        });
        expect(stderr).toContain('"spec.yaml"');
        expect(stderr).toContain(reason);
      }
    },
  );

  it('reads a spec with a byte order mark', () => {
    writeFileSync(join(work, 'bom.yaml'), `\ufeff${hello}`);
    expect(run('validate', 'bom.yaml').status).toBe(0);
  });

  it('reads a spec with the line ends of Windows as the one without', () => {
    writeFileSync(join(work, 'dos.yaml'), hello.replaceAll('\n', '\r\n'));
    writeFileSync(join(work, 'unix.yaml'), hello);
    const [dos, unix] = ['dos.yaml', 'unix.yaml'].map((file) =>
      run('validate', file, '--format', 'json').stdout.replaceAll(file, ''),
    );
    expect(dos).toBe(unix);
  });

  it('says that a folder is no spec and a file no folder', () => {
    mkdirSync(join(work, 'folder'));
    writeFileSync(join(work, 'file'), 'mine');
    writeFileSync(join(work, 'hello.yaml'), hello);
    expect(run('validate', 'folder')).toMatchObject({ status: 2, stdout: '' });
    const onFile = run('generate', 'hello.yaml', '-o', 'file');
    expect(onFile).toMatchObject({ status: 2, stdout: '' });
    expect(onFile.stderr).toContain('file" is a file where a folder is needed');
  });

  it.runIf(process.platform === 'linux')(
    'gives up where no folder can be made',
    () => {
      writeFileSync(join(work, 'hello.yaml'), hello);
      const { status, stderr } = run(
        'generate',
        'hello.yaml',
        '-o',
        '/proc/event-arch/below',
      );
      expect(status).toBe(2);
      expect(stderr).toContain('/proc/event-arch');
    },
  );

  it('ends quietly when its reader goes away', () => {
    writeFileSync(join(work, 'shop.yaml'), readFixture('specs', 'shop.yaml'));
    const { status, stdout, stderr } = spawnSync(
      'sh',
      [
        '-c',
        'for i in 1 2 3 4 5 6 7 8; do "$0" "$1" show "$2" | head -n 1; done',
        process.execPath,
        cli,
        'shop.yaml',
      ],
      { encoding: 'utf8', cwd: work },
    );
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(8);
    expect(stderr).not.toMatch(/EPIPE|at .*:\d+/);
  });
});

const referring = (section: string): string => `eventArch: 1
name: T
broker: kafka
${section}
publishers: { o: [a.b] }
consumers: { c: { idempotency: natural, subscribes: [a.b] } }
`;
const bySchema = (path: string): string =>
  referring(`events: { a.b: { key: id, schema: { $ref: ${path} } } }`);
const byInclude = (path: string): string =>
  referring(`include: ${path}
events: { a.b: { key: id, payload: { id: uuid } } }`);

describe.runIf(process.platform === 'linux')('a device or a pipe', () => {
  beforeAll(() => {
    spawnSync('mkfifo', [join(work, 'pipe.yaml')]);
    symlinkSync('/dev/zero', join(work, 'zero.yaml'));
  });

  it.each([
    ['a schema', bySchema('zero.yaml')],
    ['a schema', bySchema('pipe.yaml')],
    ['a schema', bySchema(`${'../'.repeat(20)}dev/zero`)],
    ['an include', byInclude('zero.yaml')],
    ['an include', byInclude('pipe.yaml')],
  ])('is not read for %s', (_, text) => {
    writeFileSync(join(work, 'refers.yml'), text);
    const { status, stdout } = run('validate', 'refers.yml');
    expect(status).toBe(1);
    expect(stdout).toMatch(/it is not a regular file|no file matches it/);
  });

  it('is not read for a configuration or a baseline', () => {
    writeFileSync(join(work, 'spec.yaml'), hello);
    for (const option of ['--config', '--baseline'])
      expect(
        run('validate', 'spec.yaml', option, 'pipe.yaml').stderr,
      ).toContain('it is not a regular file');
  });

  it('is read where the user names it as the spec, up to a limit', () => {
    const piped = spawnSync(
      'bash',
      ['-c', '"$0" "$1" validate <(cat)', process.execPath, cli],
      { input: hello, encoding: 'utf8', cwd: work, timeout: 60_000 },
    );
    expect(piped.stdout).toContain('1 warning in /dev/fd/');
    expect(run('validate', '/dev/zero')).toMatchObject({ status: 2 });
    expect(run('validate', '/dev/zero').stderr).toContain('larger than 16 MiB');
  });
});

it('reads no text of a size that no spec has', () => {
  writeFileSync(join(work, 'large.yaml'), '');
  truncateSync(join(work, 'large.yaml'), 17 * 1024 * 1024);
  const { status, stderr } = run('validate', 'large.yaml');
  expect({ status, stderr }).toMatchObject({ status: 2 });
  expect(stderr).toContain('larger than 16 MiB');
});
