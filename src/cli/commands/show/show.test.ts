import { describe, expect, it } from 'vitest';
import { fixturePath, readFixture } from '../../../testing/load-model.ts';
import { runCli } from '../../../testing/run-cli.ts';

const shop = fixturePath('specs', 'shop.yaml');

describe('show', () => {
  it('prints a spec that validate accepts', async () => {
    const shown = await runCli(['show', shop]);
    expect({ code: shown.code, err: shown.err }).toEqual({ code: 0, err: '' });
    const checked = await runCli(['validate', '-'], { input: shown.out });
    expect(checked.code).toBe(0);
  });

  it('reads standard input', async () => {
    const { code, out } = await runCli(['show', '-'], {
      input: readFixture('specs', 'hello.yaml'),
    });
    expect({ code, out }).toEqual({
      code: 0,
      out: readFixture('cli', 'show', 'hello.yaml'),
    });
  });

  it('prints JSON when asked to', async () => {
    const { out } = await runCli(['show', shop, '--format', 'json']);
    const parsed = JSON.parse(out) as { readonly name: object };
    expect(parsed.name).toEqual({
      value: 'Online shop',
      from: 'spec',
      origin: '/name',
      because: null,
    });
  });

  it('resolves for another broker', async () => {
    const { out } = await runCli(['show', shop, '--broker', 'rabbitmq']);
    expect(out).toContain('\nbroker:\n  kind: rabbitmq\n');
  });

  it('prints the findings of a spec with errors and exits with 1', async () => {
    const broken = fixturePath('cli', 'reporters', 'meaning.yaml');
    const { code, out, err } = await runCli(['show', broken]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('resolve/unknown-event');
  });

  it('refuses a format that it does not know', async () => {
    const { code, err } = await runCli(['show', shop, '--format', 'yml']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'event-arch: "yml" is not a value of --format. Did you mean "yaml"? It takes "json" or "yaml".\n',
    });
  });
});
