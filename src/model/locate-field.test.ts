import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { locateField } from './locate-field.ts';
import type { Shape } from './payload.ts';

const shapeOf = (schema: JsonObject): Shape => ({
  fields: [],
  schema,
  origin: '',
});
const id = { type: 'string', format: 'uuid' };
const withId = { type: 'object', required: ['id'], properties: { id } };
const main = { $ref: '#/definitions/Main', definitions: { Main: withId } };
const user = {
  type: 'object',
  required: ['user'],
  properties: { user: withId },
};

/** What is told of the field `id`, or of that inside `user`. */
function told(schema: JsonObject, path = 'id'): string {
  const found = locateField(shapeOf(schema), path.split('.'), (name) =>
    name === 'User' ? shapeOf(withId) : null,
  );
  if (found === null) return 'none';
  const types = [...found.types].join('|');
  return `${found.isRequired ? 'required' : 'optional'} ${types}`;
}

type Case = readonly [
  through: string,
  schema: JsonObject,
  expected: string,
  path?: string,
];

const cases: readonly Case[] = [
  ['a property', withId, 'required string'],
  [
    'a property that is not required',
    { properties: { id } },
    'optional string',
  ],
  ['allOf', { allOf: [withId, { type: 'object' }] }, 'required string'],
  [
    'allOf that demands it elsewhere',
    { required: ['id'], allOf: [{ properties: { id } }] },
    'required string',
  ],
  [
    'oneOf that has it throughout',
    { oneOf: [withId, withId] },
    'required string',
  ],
  [
    'anyOf of two types',
    {
      anyOf: [
        withId,
        { required: ['id'], properties: { id: { type: 'integer' } } },
      ],
    },
    'required string|integer',
  ],
  ['oneOf that lacks it once', { oneOf: [withId, { type: 'object' }] }, 'none'],
  [
    'oneOf that demands it once',
    { oneOf: [withId, { properties: { id } }] },
    'optional string',
  ],
  ['a reference at the root', main, 'required string'],
  [
    'two references in a row',
    { $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/B' }, B: withId } },
    'required string',
  ],
  ['a shared type', { $ref: '#/$defs/User' }, 'required string'],
  [
    'a circle of references',
    {
      $ref: '#/$defs/A',
      $defs: { A: { anyOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/A' }] } },
    },
    'none',
  ],
  ['a reference to nothing', { $ref: '#/$defs/Nothing' }, 'none'],
  ['a field inside another', user, 'required string', 'user.id'],
  [
    'a field inside one that may be null',
    { ...user, properties: { user: { anyOf: [withId, { type: 'null' }] } } },
    'optional string',
    'user.id',
  ],
  [
    'a field inside one that may be absent',
    { type: 'object', properties: { user: withId } },
    'optional string',
    'user.id',
  ],
  [
    'an enumeration',
    { required: ['id'], properties: { id: { enum: ['a', 'b'] } } },
    'required string',
  ],
  [
    'a whole number by two schemas',
    {
      required: ['id'],
      properties: { id: { type: 'number' } },
      allOf: [{ properties: { id: { type: 'integer' } } }],
    },
    'required integer',
  ],
  [
    'a field of any type',
    { required: ['id'], properties: { id: true } },
    'required string|integer|number|boolean|null|object|array',
  ],
];

describe('a field is found through', () => {
  it.each(
    cases.map(([through, schema, expected, path]) => ({
      through,
      schema,
      expected,
      path,
    })),
  )('$through', ({ schema, expected, path }) => {
    expect(told(schema, path)).toBe(expected);
  });
});
