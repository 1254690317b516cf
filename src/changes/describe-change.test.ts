import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { changesText, describeChange } from './describe-change.ts';

const told = (before: JsonObject, after: JsonObject): string =>
  changesText(
    describeChange(
      { type: 'object', properties: { a: before } },
      { type: 'object', properties: { a: after } },
    ),
  );

describe('a change of a schema in words', () => {
  it.each<[JsonObject, JsonObject, string]>([
    [
      { type: 'number', minimum: 1, multipleOf: 2 },
      { type: 'number', minimum: 2, multipleOf: 4 },
      'minimum of field "a" went from 1 to 2, multipleOf of field "a" went from 2 to 4',
    ],
    [
      { type: 'array', maxItems: 2 },
      { type: 'array', maxItems: 3, uniqueItems: true },
      'maxItems of field "a" went from 2 to 3, field "a" got uniqueItems true',
    ],
    [
      { type: 'number', multipleOf: 2 },
      { type: 'integer', multipleOf: 3 },
      'the type of field "a" went from number to integer, multipleOf of field "a" went from 2 to 3',
    ],
    [
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: 'object', additionalProperties: { type: 'integer' } },
      'the type of field "a[]" went from string to integer',
    ],
    [
      { type: 'object', minProperties: 1, patternProperties: { '^x': true } },
      { type: 'object', patternProperties: { '^x': false } },
      'field "a" lost its minProperties, patternProperties of field "a" changed',
    ],
    [
      { type: 'array', maxItems: 2 },
      { type: 'array', maxItems: 3, items: { type: 'string' } },
      'maxItems of field "a" went from 2 to 3, field "a" got items',
    ],
    [
      { type: 'object', additionalProperties: false },
      { type: 'object' },
      'field "a" now takes fields that it does not name',
    ],
  ])('names every keyword of %j and %j', (before, after, text) => {
    expect(told(before, after)).toBe(text);
  });

  it('names those of the payload itself beside its fields', () => {
    expect(
      changesText(
        describeChange(
          { type: 'object', properties: {}, minProperties: 1 },
          {
            type: 'object',
            properties: { a: { type: 'string' } },
            minProperties: 2,
          },
        ),
      ),
    ).toBe(
      'minProperties of the payload went from 1 to 2, optional field "a" (string) was added',
    );
  });
});
