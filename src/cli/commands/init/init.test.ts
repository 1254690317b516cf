import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../testing/run-cli.ts';

let folder = '';
let spec = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-arch-init-'));
  spec = join(folder, 'event-arch.yaml');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const event =
  '{ name: order.created, key: orderId, fields: { orderId: uuid }, publisher: orders, consumers: [billing] }';
const enough = ['--name', 'Shop', '--broker', 'rabbitmq', '--event', event];

describe('init without a terminal', () => {
  it('writes a spec that validates, and the schema for the editor', async () => {
    const { code, out, err } = await runCli(['init', spec, '--yes']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      `wrote ${spec}\nwrote ${join(folder, 'event-arch.schema.json')} (for your editor)\n`,
    );
    expect(readFileSync(spec, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/event-arch\.schema\.json\n/,
    );
    const checked = await runCli(['validate', spec, '--fail-on', 'warning']);
    expect(checked.code).toBe(0);
  });

  it('leaves nothing but what it says it wrote', async () => {
    await runCli(['init', spec, '--yes', '--no-schema']);
    expect(readdirSync(folder)).toEqual(['event-arch.yaml']);
    expect(readFileSync(spec, 'utf8')).not.toContain('$schema');
  });

  it('points the editor at the package that is installed above the spec', async () => {
    const schemas = join(folder, 'node_modules', 'event-arch', 'schemas');
    mkdirSync(schemas, { recursive: true });
    writeFileSync(join(schemas, 'event-arch.schema.json'), '{}');
    const nested = join(folder, 'specs', 'shop.yaml');
    await runCli(['init', nested, '--yes']);
    expect(readFileSync(nested, 'utf8').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=../node_modules/event-arch/schemas/event-arch.schema.json',
    );
    expect(existsSync(join(folder, 'specs', 'event-arch.schema.json'))).toBe(
      false,
    );
  });

  it('says which flags are missing and exits with 2', async () => {
    const { code, err } = await runCli(['init', spec, '--name', 'Shop']);
    expect(code).toBe(2);
    expect(err).toContain('Give "--broker" and "--event"');
    expect(err).toContain('--answers');
    expect(err).toContain('--yes');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes every answer from flags', async () => {
    const flags = [
      '--need',
      'Audit',
      '--volume',
      '500/s',
      '--delivery',
      'at-most-once',
      '--ordering',
      'none',
      '--retention',
      '2h',
      '--compatibility',
      'full',
      '--idempotency',
      'natural',
      '--no-outbox',
      '--locale',
      'fr',
      '--description',
      'Sells things',
    ];
    const { code } = await runCli(['init', spec, ...enough, ...flags]);
    expect(code).toBe(0);
    const text = readFileSync(spec, 'utf8');
    const written = [
      'name: Shop',
      'description: Sells things',
      'locale: fr',
      'needs: [ Audit ]',
      'volume: 500/s',
      'delivery: at-most-once',
      'ordering: none',
      'retention: 2h',
      'compatibility: full',
      'kind: rabbitmq',
      'idempotency: natural',
      'orders: [ order.created ]',
    ];
    expect(written.filter((line) => !text.includes(line))).toEqual([]);
  });

  it('takes answers from a file, and flags over them', async () => {
    const answers = join(folder, 'answers.yaml');
    writeFileSync(
      answers,
      `name: Bookshop\nbroker: kafka\nevents:\n  - ${event}\n`,
    );
    const { code } = await runCli([
      'init',
      spec,
      '--answers',
      answers,
      '--broker',
      'rabbitmq',
    ]);
    expect(code).toBe(0);
    expect(readFileSync(spec, 'utf8')).toMatch(
      /name: Bookshop[^]*kind: rabbitmq/,
    );
  });

  it('tells everything that does not fit at once', async () => {
    const input =
      'nmae: Shop\nbroker: kafak\nevents: [{ name: order.created, consumers: billing }]\n';
    const { code, err } = await runCli(['init', spec, '--answers', '-'], {
      input,
    });
    expect(code).toBe(2);
    expect(err).toBe(
      'event-arch: the answers do not fit:\n' +
        '  nmae is no answer; did you mean "name"?\n' +
        '  broker has to be "kafka" or "rabbitmq"; did you mean "kafka"?\n' +
        '  events[0].consumers has to be a list\n',
    );
  });

  it('says where an answers file is no YAML', async () => {
    const { code, err } = await runCli(['init', spec, '--answers', '-'], {
      input: 'name: Shop\nevents: [\n',
    });
    expect(code).toBe(2);
    expect(err).toContain('<stdin>:2:9: a "[" is opened here and never closed');
  });

  it('writes nothing when the answers make no valid spec', async () => {
    const odd =
      '{ name: order.created, key: orderID, fields: { orderId: uuid } }';
    const { code, err } = await runCli([
      'init',
      spec,
      '--name',
      'Shop',
      '--broker',
      'kafka',
      '--event',
      odd,
    ]);
    expect(code).toBe(1);
    expect(err).toContain('resolve/key-not-in-payload');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces a file only with --force', async () => {
    writeFileSync(spec, 'mine\n');
    const refused = await runCli(['init', spec, '--yes']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('--force');
    expect(readFileSync(spec, 'utf8')).toBe('mine\n');
    const forced = await runCli(['init', spec, '--yes', '--force']);
    expect(forced.code).toBe(0);
    expect(readFileSync(spec, 'utf8')).toContain('eventArch: 1');
  });

  it('tells a folder that cannot be written to', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { code, err } = await runCli([
      'init',
      join(folder, 'file', 'spec.yaml'),
      '--yes',
    ]);
    expect(code).toBe(2);
    expect(err).toContain('is a file where a folder is needed');
  });

  it('generates when asked to', async () => {
    const { code } = await runCli(['init', spec, '--yes', '--generate']);
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'architecture', 'ARCHITECTURE.md'))).toBe(
      true,
    );
  });
});
