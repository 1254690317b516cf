// Which type of value each keyword looks at: values of other types pass it.
import { typesOf } from './assertions.ts';
import type { JsonType, Schema } from './json-schema.ts';

const LOOKS_AT: Readonly<Record<string, JsonType>> = {
  additionalProperties: 'object',
  contains: 'array',
  dependentRequired: 'object',
  dependentSchemas: 'object',
  exclusiveMaximum: 'number',
  exclusiveMinimum: 'number',
  format: 'string',
  items: 'array',
  maxContains: 'array',
  maxItems: 'array',
  maxLength: 'string',
  maxProperties: 'object',
  maximum: 'number',
  minContains: 'array',
  minItems: 'array',
  minLength: 'string',
  minProperties: 'object',
  minimum: 'number',
  multipleOf: 'number',
  pattern: 'string',
  patternProperties: 'object',
  prefixItems: 'array',
  properties: 'object',
  propertyNames: 'object',
  required: 'object',
  uniqueItems: 'array',
};

const DESCRIBING = new Set([
  '$comment',
  '$defs',
  '$id',
  '$schema',
  'default',
  'deprecated',
  'description',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
]);

/** Tells whether a schema surely accepts every value of a type; `false` also where that cannot be seen. */
export function acceptsAll(schema: Schema, type: JsonType): boolean {
  if (typeof schema === 'boolean') return schema;
  return Object.keys(schema).every((keyword) => {
    if (keyword === 'type') return typesOf(schema.type).includes(type);
    const looksAt = Object.hasOwn(LOOKS_AT, keyword)
      ? LOOKS_AT[keyword]
      : undefined;
    return looksAt === undefined ? DESCRIBING.has(keyword) : looksAt !== type;
  });
}
