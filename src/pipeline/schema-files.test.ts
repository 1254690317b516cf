// Schemas as teams have them, in files: drafts, names and references of many habits.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { shapeSchema, typeSchemas } from '../model/json-schema.ts';
import { memoryHost } from '../testing/memory-host.ts';
import { checkSpec } from './check-spec.ts';

const draft07 = 'http://json-schema.org/draft-07/schema#';

const specOf = (schema: unknown): string =>
  `eventArch: 1
name: Shop
broker: kafka
events:
  order.created: { schema: ${JSON.stringify(schema)} }
`;

/** What the payload accepts and refuses, and the codes that its schema gets. */
function read(
  schema: unknown,
  files: Readonly<Record<string, unknown>> = {},
): { codes: readonly string[]; accepts: (payload: unknown) => boolean } {
  const texts = Object.entries(files).map(([path, value]) => [
    path,
    JSON.stringify(value),
  ]);
  const host = memoryHost({
    'spec.yaml': specOf(schema),
    ...Object.fromEntries(texts),
  });
  const { model, diagnostics } = checkSpec(host, { file: 'spec.yaml' });
  const payload = model?.events[0]?.payload;
  const made: JsonObject =
    model === null || payload === undefined
      ? {}
      : shapeSchema(typeSchemas(model.types), payload, 'open');
  const ajv = new Ajv2020({ strict: false, logger: false });
  const validate = ajv.compile(made);
  return {
    codes: diagnostics
      .map(({ code }) => code)
      .filter((code) => code.startsWith('resolve/schema')),
    accepts: (value) => validate(value),
  };
}

interface Form {
  readonly schema: unknown;
  readonly files?: Readonly<Record<string, unknown>>;
  readonly good: unknown;
  readonly bad: unknown;
}

const address = {
  type: 'object',
  properties: { zip: { type: 'string' } },
  required: ['zip'],
};

const forms: Readonly<Record<string, Form>> = {
  'draft-07 in the spec, with definitions': {
    schema: {
      $schema: draft07,
      properties: { to: { $ref: '#/definitions/address' } },
      definitions: { address },
    },
    good: { to: { zip: 'x' } },
    bad: { to: {} },
  },
  'draft-07 with dependencies of both kinds': {
    schema: {
      $schema: draft07,
      dependencies: { card: ['cvc'], gift: { required: ['note'] } },
    },
    good: { card: '1', cvc: '2', gift: true, note: '' },
    bad: { gift: true },
  },
  'dependencies without a draft': {
    schema: { type: 'object', dependencies: { card: ['cvc'] } },
    good: { cvc: '2' },
    bad: { card: '1' },
  },
  'a tuple and what comes after it': {
    schema: {
      type: 'array',
      items: [{ type: 'string' }, { type: 'number' }],
      additionalItems: false,
    },
    good: ['a', 1],
    bad: ['a', 1, 2],
  },
  'a reference into a tuple': {
    schema: {
      $schema: draft07,
      properties: {
        list: { items: [{ type: 'string' }] },
        word: { $ref: '#/properties/list/items/0' },
      },
    },
    good: { word: 'a' },
    bad: { word: 1 },
  },
  'a file whose root is a reference to one of its definitions': {
    schema: { $ref: 'order.json' },
    files: {
      'order.json': {
        $schema: draft07,
        $ref: '#/definitions/Order',
        definitions: { Order: address },
      },
    },
    good: { zip: 'x' },
    bad: {},
  },
  'pointers as names of subschemas, a habit of generators': {
    schema: { $ref: 'order.json' },
    files: {
      'order.json': {
        $schema: draft07,
        $id: 'http://shop.test/order.json',
        properties: {
          total: { $id: '#/properties/total', type: 'number', minimum: 0 },
          lines: {
            $id: '#/properties/lines',
            type: 'array',
            items: { $id: '#/properties/lines/items', type: 'string' },
          },
        },
      },
    },
    good: { total: 1, lines: ['a'] },
    bad: { lines: [1] },
  },
  'an anchor written as $id': {
    schema: {
      $schema: draft07,
      properties: { to: { $ref: '#place' } },
      definitions: { address: { $id: '#place', ...address } },
    },
    good: { to: { zip: 'x' } },
    bad: { to: {} },
  },
  'an embedded schema with a URI of its own': {
    schema: {
      $id: 'https://shop.test/order.json',
      properties: { to: { $ref: 'address.json' } },
      $defs: {
        address: {
          $id: 'address.json',
          properties: { zip: { $ref: '#/$defs/zip' } },
          $defs: { zip: { type: 'string' } },
        },
      },
    },
    good: { to: { zip: 'x' } },
    bad: { to: { zip: 1 } },
  },
  'references relative to $id, and files named after them': {
    schema: { $ref: 'schemas/placed.json' },
    files: {
      'schemas/placed.json': {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: 'https://shop.test/0.4/schema/order-placed',
        properties: { links: { $ref: 'links/many' } },
      },
      'schemas/links/many.json': {
        $id: 'https://shop.test/0.4/schema/links/many',
        type: 'array',
        items: { $ref: 'one' },
      },
      'schemas/links/one.json': {
        $id: 'https://shop.test/0.4/schema/links/one',
        type: 'string',
      },
    },
    good: { links: ['a'] },
    bad: { links: [1] },
  },
  'a reference from the root of the host of $id': {
    schema: { $ref: 'schemas/placed.json' },
    files: {
      'schemas/placed.json': {
        $id: 'https://shop.test/schema/order-placed',
        properties: { link: { $ref: '/schema/links/one#/definitions/text' } },
      },
      'schemas/links/first.json': {
        $id: 'https://shop.test/schema/links/one',
        definitions: { text: { type: 'string' } },
      },
    },
    good: { link: 'a' },
    bad: { link: 1 },
  },
  'a URI that a file beside has as its $id': {
    schema: { $ref: 'schemas/order.json' },
    files: {
      'schemas/order.json': {
        properties: { to: { $ref: 'https://shop.test/common/address' } },
      },
      'schemas/address-v1.json': {
        $id: 'https://shop.test/common/address',
        ...address,
      },
    },
    good: { to: { zip: 'x' } },
    bad: { to: {} },
  },
  'files that refer to each other': {
    schema: { $ref: './schemas/order.json' },
    files: {
      './schemas/order.json': {
        properties: { line: { $ref: './line.json' } },
      },
      'schemas/line.json': {
        properties: {
          name: { type: 'string' },
          order: { $ref: 'order.json' },
        },
      },
      'schemas/order.json': {
        properties: { line: { $ref: './line.json' } },
      },
    },
    good: { line: { order: { line: { name: 'a' } } } },
    bad: { line: { order: { line: { name: 1 } } } },
  },
  'draft-04 with exclusive limits': {
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      id: 'https://shop.test/order',
      properties: {
        total: { type: 'number', minimum: 0, exclusiveMinimum: true },
      },
    },
    good: { total: 1 },
    bad: { total: 0 },
  },
  'draft 2019-09': {
    schema: {
      $schema: 'https://json-schema.org/draft/2019-09/schema',
      properties: { at: { items: [{ type: 'number' }] } },
      dependentRequired: { a: ['b'] },
    },
    good: { at: [1], a: 1, b: 1 },
    bad: { at: ['x'] },
  },
};

describe('JSON Schema as it is written elsewhere', () => {
  it.each(Object.entries(forms))(
    'is read: %s',
    (_, { schema, files, good, bad }) => {
      const { codes, accepts } = read(schema, files);
      expect(codes).toEqual([]);
      expect([accepts(good), accepts(bad)]).toEqual([true, false]);
    },
  );

  it('is told once when several schemas refer to the file that is wrong', () => {
    const files = {
      'word.json': {
        $schema: draft07,
        properties: { a: { $ref: '#/definitions/b', maxLength: 3 } },
        definitions: { b: { type: 'string' } },
      },
    };
    const schema = {
      properties: { one: { $ref: 'word.json' }, two: { $ref: './word.json' } },
    };
    expect(read(schema, files).codes).toEqual([
      'resolve/schema-keyword-ignored',
    ]);
  });
});
