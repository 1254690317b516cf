// The contracts of every example spec on every broker: what the parsers of their formats say, and the files as committed.
import { readdirSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { brokers } from '../brokers/index.ts';
import type { Artifact } from '../core/artifact.ts';
import type { JsonObject } from '../core/json.ts';
import { brokerNamed, fixturePath, loadModel } from '../testing/load-model.ts';
import { asyncapi } from './asyncapi/emit.ts';
import { eventSchemas } from './event-schemas/emit.ts';
import type { EmitContext } from './target.ts';

const specs = [
  'hello',
  'shop',
  'eshop',
  'streetlights',
  'ftgo',
  'wikimedia',
  'by-context/library',
];
const cases = specs.flatMap((spec) =>
  brokers.map(({ name }) => [spec, name] as const),
);

// These targets read the model and the broker, and neither templates nor findings.
const contextOf = (broker: string): EmitContext =>
  ({ broker: brokerNamed(broker) }) as unknown as EmitContext;
const documentOf = (spec: string, broker: string): string =>
  [...asyncapi.emit(loadModel(spec, broker), contextOf(broker))][0]?.content ??
  '';
const schemasOf = (spec: string, broker: string): readonly Artifact[] => [
  ...eventSchemas.emit(loadModel(spec, broker), contextOf(broker)),
];

// Every file of the target has its name as its `$id`.
const idOf = (schema: JsonObject): string => schema['$id'] as string;

describe('the contracts of the example specs', () => {
  it.each(cases)(
    'are an AsyncAPI document without errors or warnings: %s on %s',
    async (spec, broker) => {
      const { diagnostics } = await new Parser().parse(
        documentOf(spec, broker),
      );
      const told = diagnostics.map(
        ({ code, path }) => `${code} ${path.join('.')}`,
      );
      expect(told).toEqual([]);
    },
  );

  it.each(cases)(
    'are schemas that accept their own examples: %s on %s',
    (spec, broker) => {
      const schemas = schemasOf(spec, broker).map(
        ({ content }) => JSON.parse(content) as JsonObject,
      );
      const ajv = new Ajv2020({ allErrors: true, strict: false });
      formats.default(ajv);
      for (const schema of schemas) ajv.addSchema(schema);
      for (const schema of schemas) {
        const accepts = ajv.getSchema(idOf(schema));
        for (const example of (schema['examples'] ??
          []) as readonly unknown[]) {
          expect(accepts?.(example), ajv.errorsText(accepts?.errors)).toBe(
            true,
          );
        }
      }
    },
  );
});

describe('the contracts of the shop', () => {
  it.each(brokers.map(({ name }) => name))(
    'are the committed AsyncAPI document on %s',
    async (broker) => {
      const golden = fixturePath(
        'targets',
        'asyncapi',
        'shop',
        `${broker}.asyncapi.yaml`,
      );
      await expect(documentOf('shop', broker)).toMatchFileSnapshot(golden);
    },
  );

  it('are the committed schema files, no more and no fewer', async () => {
    const folder = fixturePath('targets', 'event-schemas', 'shop');
    const files = schemasOf('shop', 'kafka');
    for (const { path, content } of files) {
      await expect(content).toMatchFileSnapshot(`${folder}/${path}`);
    }
    const paths = files.map(({ path }) => path).toSorted();
    expect(
      readdirSync(`${folder}/events`)
        .map((name) => `events/${name}`)
        .toSorted(),
    ).toEqual(paths);
  });

  it('have the same schema files on every broker', () => {
    const [first, ...others] = brokers.map(({ name }) =>
      schemasOf('shop', name),
    );
    for (const other of others) expect(other).toEqual(first);
  });
});
