import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';
import {
  eventOf,
  modelOf,
  requestOf,
  shapeOf,
} from '../../testing/traffic-model.ts';
import { eventSchemas } from './emit.ts';

const orderId = '7b0f6f2e-8c1e-4f0e-9a58-1f8f6d1c2a33';
const created = eventOf('order.created', {
  key: [['orderId']],
  version: 2,
  payload: shapeOf({ orderId: 'uuid', total: 'number' }),
  versions: [
    {
      version: 1,
      payload: shapeOf({ orderId: 'uuid' }),
      deprecated: '2026-06-01',
      origin: '',
    },
  ],
  headers: shapeOf({ tenant: 'string' }),
  examples: [{ value: { orderId, total: 19 }, origin: '' }],
});
const traffic = {
  broker: 'kafka',
  events: [created],
  publishers: { 'order-service': ['order.created'] },
  consumers: {},
};
const shop = modelOf(traffic, {
  requests: [
    requestOf('inventory.check', ['order-service', 'inventory-service']),
  ],
});

const filesOf = (model: Model): ReadonlyMap<string, JsonObject> =>
  new Map(
    // The target reads the model only.
    [...eventSchemas.emit(model, undefined as never)].map(
      ({ path, content }) => [
        path.replace('events/', ''),
        JSON.parse(content) as JsonObject,
      ],
    ),
  );

/** Loads every file under its own `$id`, as a consumer does that has the folder. */
const validators = (model: Model): Ajv2020 => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  formats.default(ajv);
  for (const schema of filesOf(model).values()) ajv.addSchema(schema);
  return ajv;
};

const file = 'order.created.v2.envelope.schema.json';
const example = (): JsonObject => {
  const examples = filesOf(shop).get(file)?.['examples'];
  // The example of order.created, in its envelope.
  return (examples as readonly JsonObject[])[0] as JsonObject;
};

describe('the files of the target event-schemas', () => {
  it('are one for each version, its envelope, its headers, and each request and reply', () => {
    expect([...filesOf(shop).keys()]).toEqual([
      'cloudevent.schema.json',
      'order.created.v2.schema.json',
      'order.created.v2.envelope.schema.json',
      'order.created.v1.schema.json',
      'order.created.v1.envelope.schema.json',
      'order.created.headers.schema.json',
      'inventory.check.request.schema.json',
      'inventory.check.reply.schema.json',
    ]);
  });

  it('are identified by their own names, relative to wherever they are published', () => {
    for (const [file, schema] of filesOf(shop))
      expect(schema['$id']).toBe(file);
  });

  it('accept their own examples, bare and in the envelope', () => {
    const ajv = validators(shop);
    for (const [file, schema] of filesOf(shop)) {
      for (const example of (schema['examples'] ?? []) as readonly unknown[]) {
        expect(ajv.validate(file, example), ajv.errorsText()).toBe(true);
      }
    }
    expect(
      filesOf(shop).get('order.created.v2.envelope.schema.json')?.['examples'],
    ).toHaveLength(1);
  });

  it('tell apart the versions of an event', () => {
    const ajv = validators(shop);
    expect(ajv.validate('order.created.v1.schema.json', { orderId })).toBe(
      true,
    );
    expect(ajv.validate('order.created.v2.schema.json', { orderId })).toBe(
      false,
    );
  });

  it.each([
    ['another event in it', { type: 'order.paid' }],
    [
      'another version of the payload named',
      { dataschema: 'urn:event-arch:online-shop:order.created:v1' },
    ],
    [
      'a payload that its schema refuses',
      { data: { orderId: 'no uuid', total: 19 } },
    ],
    [
      'a trace context of zeros',
      { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` },
    ],
    ['no key', { partitionkey: undefined }],
    ['no correlation', { correlationid: undefined }],
    ['a time that is none', { time: 'yesterday' }],
  ])('refuse an envelope with %s', (_what, change) => {
    const broken = JSON.parse(
      JSON.stringify({ ...example(), ...change }),
    ) as unknown;
    expect(validators(shop).validate(file, broken)).toBe(false);
  });

  it('let other CloudEvents extensions pass', () => {
    expect(
      validators(shop).validate(file, { ...example(), tracestate: 'a=1' }),
    ).toBe(true);
  });

  it('have names that stay in the folder and apart from each other', () => {
    const names = ['../x', 'a/b', 'a-b', 'CON', '__proto__', 'constructor'];
    const events = names.map((name) => eventOf(name));
    const paths = [
      ...eventSchemas.emit(
        modelOf({ ...traffic, events, publishers: {} }),
        undefined as never,
      ),
    ].map(({ path }) => path);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(
      paths.length,
    );
    for (const path of paths) expect(path).toMatch(/^events\/[\w-][\w.-]*$/);
  });
});
