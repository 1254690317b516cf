import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { shapeSchema, typeSchemas } from './json-schema.ts';
import type { SharedType } from './model.ts';
import type { Field, FieldType, Shape } from './payload.ts';

const primitive = (
  name: 'string' | 'uuid' | 'number' | 'bytes',
): FieldType => ({
  kind: 'primitive',
  name,
});
const field = (name: string, type: FieldType, isRequired = true): Field => ({
  name,
  type,
  isRequired,
  isPii: false,
  description: null,
  origin: '',
});
const fields = (...list: readonly Field[]): Shape => ({
  fields: list,
  schema: null,
  origin: '',
});
const authored = (schema: JsonObject): Shape => ({
  fields: [],
  schema,
  origin: '',
});
const shared = (
  name: string,
  shape: Shape,
  description: string | null = null,
): SharedType => ({ name, description, shape, origin: '' });

const address = shared(
  'Address',
  fields(field('city', primitive('string'))),
  'Where to deliver',
);
const category = shared(
  'Category',
  fields(
    field('name', primitive('string')),
    field('parts', { kind: 'list', of: { kind: 'named', name: 'Category' } }),
  ),
);

const accepts = (schema: JsonObject, value: unknown): boolean => {
  const ajv = new Ajv2020({ allErrors: true, strictSchema: false });
  formats.default(ajv);
  return ajv.compile(schema)(value);
};

describe('the JSON Schema of a shape', () => {
  it('says formats, encodings, enumerations, optional fields and personal data', () => {
    const shape = fields(
      field('orderId', primitive('uuid')),
      field('reason', { kind: 'enum', values: ['customer', 'stock'] }, false),
      field('label', primitive('bytes'), false),
      field('scores', { kind: 'map', of: primitive('number') }, false),
      {
        ...field('name', primitive('string')),
        isPii: true,
        description: 'As printed',
      },
    );
    expect(shapeSchema(typeSchemas([]), shape, 'closed')).toEqual({
      type: 'object',
      properties: {
        orderId: { type: 'string', format: 'uuid' },
        reason: { type: 'string', enum: ['customer', 'stock'] },
        label: { type: 'string', contentEncoding: 'base64' },
        scores: { type: 'object', additionalProperties: { type: 'number' } },
        name: { type: 'string', description: 'As printed', 'x-pii': true },
      },
      required: ['orderId', 'name'],
      additionalProperties: false,
    });
  });

  it('draws in only the shared types that it reaches', () => {
    const types = typeSchemas([address, category]);
    const shape = fields(field('to', { kind: 'named', name: 'Address' }));
    expect(shapeSchema(types, shape, 'open')['$defs']).toEqual({
      Address: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
        description: 'Where to deliver',
      },
    });
  });

  it('follows a type that contains itself', () => {
    const types = typeSchemas([category]);
    const shape = fields(field('root', { kind: 'named', name: 'Category' }));
    const schema = shapeSchema(types, shape, 'closed');
    const leaf = { name: 'leaf', parts: [] };
    expect(accepts(schema, { root: { name: 'top', parts: [leaf] } })).toBe(
      true,
    );
    expect(accepts(schema, { root: { name: 'top', parts: [{}] } })).toBe(false);
  });

  it('refuses fields that the shape does not name only when closed', () => {
    const shape = fields(field('orderId', primitive('string')));
    const value = { orderId: 'A-1', extra: 1 };
    const types = typeSchemas([]);
    expect(accepts(shapeSchema(types, shape, 'closed'), value)).toBe(false);
    expect(accepts(shapeSchema(types, shape, 'open'), value)).toBe(true);
  });

  it('keeps a field named __proto__ as a field', () => {
    const shape = fields(field('__proto__', primitive('string')));
    const schema = shapeSchema(typeSchemas([]), shape, 'open');
    expect(JSON.stringify(schema)).toContain(
      '"properties":{"__proto__":{"type":"string"}}',
    );
  });
});

describe('JSON Schema that the author wrote', () => {
  it('stands as written when it refers to no shared type', () => {
    const schema = { type: 'object', $defs: { Id: { type: 'string' } } };
    expect(
      shapeSchema(typeSchemas([address]), authored(schema), 'closed'),
    ).toEqual(schema);
  });

  it('does not take a reference inside data for one', () => {
    const schema = { const: { $ref: '#/$defs/Address' } };
    expect(
      shapeSchema(typeSchemas([address]), authored(schema), 'open'),
    ).toEqual(schema);
  });

  it('keeps its own definition apart from a shared type of the same name', () => {
    const order = shared(
      'Order',
      fields(field('to', { kind: 'named', name: 'Address' })),
    );
    const schema = shapeSchema(
      typeSchemas([address, order]),
      authored({
        properties: {
          order: { $ref: '#/$defs/Order' },
          mail: { $ref: '#/$defs/Address' },
        },
        $defs: { Address: { type: 'string' } },
      }),
      'open',
    );
    expect(
      accepts(schema, { order: { to: { city: 'Lyon' } }, mail: 'a@b' }),
    ).toBe(true);
    expect(accepts(schema, { order: { to: 'a@b' }, mail: 'a@b' })).toBe(false);
    expect(accepts(schema, { mail: { city: 'Lyon' } })).toBe(false);
  });

  it('moves the definitions inside a shared type beside it', () => {
    const tree = shared(
      'Tree',
      authored({
        properties: {
          value: { $ref: '#/$defs/Value' },
          left: { $ref: '#' },
        },
        $defs: { Value: { type: 'integer' } },
      }),
    );
    const schema = shapeSchema(
      typeSchemas([tree]),
      fields(field('tree', { kind: 'named', name: 'Tree' })),
      'open',
    );
    expect(accepts(schema, { tree: { value: 1, left: { value: 2 } } })).toBe(
      true,
    );
    expect(accepts(schema, { tree: { value: 1, left: { value: 'x' } } })).toBe(
      false,
    );
  });
});
