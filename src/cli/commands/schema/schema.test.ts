import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFixture } from '../../../testing/load-model.ts';
import { runCli } from '../../../testing/run-cli.ts';

const specSchema = async (): Promise<object> =>
  JSON.parse((await runCli(['schema'])).out) as object;

describe('schema', () => {
  it('prints a document that needs no other', async () => {
    const validate = new Ajv2020({ strict: false }).compile(await specSchema());
    expect(validate(parse(readFixture('specs', 'shop.yaml')))).toBe(true);
  });

  it.each(['kafka', 'rabbitmq'])('holds the options of %s', async (kind) => {
    const validate = new Ajv2020({ strict: false }).compile(await specSchema());
    const spec = { eventArch: 1, name: 'Shop', events: {} };
    expect(
      validate({ ...spec, broker: { kind, options: { noSuchOption: 1 } } }),
    ).toBe(false);
    expect(validate({ ...spec, broker: { kind, options: {} } })).toBe(true);
  });

  it('refers to nothing outside itself', async () => {
    const refs = [
      ...JSON.stringify(await specSchema()).matchAll(/"\$ref":"([^"]*)"/g),
    ].map(([, ref]) => ref);
    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter((ref) => !ref?.startsWith('#/$defs/'))).toEqual([]);
  });

  it("prints one broker's options", async () => {
    const { code, out } = await runCli(['schema', 'kafka']);
    expect(code).toBe(0);
    expect((JSON.parse(out) as { title: string }).title).toBe('Kafka options');
  });

  it('names what it knows when it is asked for something else', async () => {
    const { code, err } = await runCli(['schema', 'kafak']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "kafka"?');
  });
});

describe('schema config', () => {
  it('describes every property of the configuration', async () => {
    const { out } = await runCli(['schema', 'config']);
    const bare: string[] = [];
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (['properties', '$defs'].includes(key))
          for (const [name, one] of Object.entries(value as object))
            if (!Object.hasOwn(one as object, 'description'))
              bare.push(`${path}/${name}`);
        look(value, `${path}/${key}`);
      }
    };
    look(JSON.parse(out), '');
    expect(bare).toEqual([]);
    const validate = new Ajv2020({ strict: true }).compile(
      JSON.parse(out) as object,
    );
    expect(
      validate(parse(readFixture('plugin', 'event-arch.config.yaml'))),
    ).toBe(true);
  });
});
