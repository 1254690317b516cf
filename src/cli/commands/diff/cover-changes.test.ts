// What makes the exit code 0 although something breaks.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../testing/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-arch-cover-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spec = (fields: string): string =>
  `eventArch: 1
name: Hello
broker: rabbitmq
events:
  order.created: { key: orderId, payload: { ${fields} } }
publishers:
  orders: [order.created]
consumers:
  inventory: [order.created]
`;
const old = spec('orderId: uuid');
const optional = spec('orderId: uuid, total?: number');
const breaking = spec('orderId: uuid, total: number');

function write(at: string, file: string, text: string): void {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, file), text);
}

const diff = async (file: string, ...argv: readonly string[]) =>
  runCli(['diff', file, '--format', 'json', ...argv]);

describe('what covers a breaking change', () => {
  const at = join(folder, 'cover');
  const run = async (now: string, ...argv: readonly string[]) => {
    write(at, 'old.yaml', old);
    write(at, 'new.yaml', now);
    return diff(
      join(at, 'new.yaml'),
      '--against',
      join(at, 'old.yaml'),
      ...argv,
    );
  };

  it('is a reason on the command line, for one thing or for a code', async () => {
    for (const allow of [
      'diff/payload-refused@order.created=the queue is empty',
      'payload-refused=nobody is live yet',
    ])
      expect((await run(breaking, '--allow', allow)).code).toBe(0);
  });

  it('is a reason in the spec that comes with the change, and not one from before', async () => {
    const reason =
      '# event-arch-allow diff/payload-refused@order.created: the queue is empty\n';
    expect((await run(reason + breaking)).code).toBe(0);
    write(at, 'before.yaml', reason + old);
    const { code } = await diff(
      join(at, 'new.yaml'),
      '--against',
      join(at, 'before.yaml'),
    );
    expect(code).toBe(1);
  });

  it('is no reason for something else, which is told', async () => {
    const { code, err } = await run(
      breaking,
      '--allow',
      'key-changed@order.created=x',
    );
    expect(code).toBe(1);
    expect(err).toContain('diff/reason-unused');
  });

  it('needs a reason and a known code', async () => {
    const without = await run(breaking, '--allow', 'payload-refused');
    expect(without).toMatchObject({ code: 2 });
    expect(without.err).toContain('--allow needs a reason');
    const unknown = await run(breaking, '--allow', 'payload-refussed=x');
    expect(unknown.err).toContain('Did you mean "diff/payload-refused"?');
  });

  it('follows --fail-on', async () => {
    expect((await run(optional)).code).toBe(0);
    expect((await run(optional, '--fail-on', 'safe')).code).toBe(1);
    expect((await run(breaking, '--fail-on', 'none')).code).toBe(0);
    expect((await run(breaking, '--fail-on', 'error')).code).toBe(2);
  });
});
