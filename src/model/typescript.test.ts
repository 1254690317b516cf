import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import type { SharedType } from './model.ts';
import type { Field, FieldType, Shape } from './payload.ts';
import { identifiersOf, shapeInterface, typeInterfaces } from './typescript.ts';

const string: FieldType = { kind: 'primitive', name: 'string' };
const field = (
  name: string,
  type: FieldType,
  facts: Partial<Field> = {},
): Field => ({
  name,
  type,
  isRequired: true,
  isPii: false,
  description: null,
  origin: '',
  ...facts,
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
const shared = (name: string, shape: Shape): SharedType => ({
  name,
  description: null,
  shape,
  origin: '',
});
const declare = (shape: Shape, description: string | null = null): string =>
  shapeInterface(shape, {
    identifier: 'OrderCreated',
    description,
    isExported: true,
    types: identifiersOf(['Address']),
  });

/** Compiles one file under strict and gives the messages of the compiler. */
const problems = (source: string): readonly string[] => {
  const name = 'events.ts';
  const options = {
    strict: true,
    noEmit: true,
    noLib: false,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
  };
  const host = ts.createCompilerHost(options);
  const file = ts.createSourceFile(name, source, options.target);
  const program = ts.createProgram([name], options, {
    ...host,
    getSourceFile: (path, ...rest) =>
      path === name ? file : host.getSourceFile(path, ...rest),
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, '\n'));
};

describe('the TypeScript of a shape', () => {
  it('says optional fields, lists, maps, enumerations, formats and personal data', () => {
    const shape = fields(
      field('orderId', { kind: 'primitive', name: 'uuid' }),
      field(
        'reason',
        { kind: 'enum', values: ["customer's", 'stock'] },
        { isRequired: false },
      ),
      field('to', { kind: 'list', of: { kind: 'named', name: 'Address' } }),
      field('scores', {
        kind: 'map',
        of: { kind: 'primitive', name: 'integer' },
      }),
      field('ship-to', string, { isPii: true, description: 'As printed' }),
    );
    expect(declare(shape, 'An order was placed.')).toBe(
      `/** An order was placed. */
export interface OrderCreated {
  readonly orderId: string; // uuid
  readonly reason?: 'customer\\'s' | 'stock';
  readonly to: readonly Address[];
  readonly scores: { readonly [key: string]: number }; // integer
  /** As printed */
  readonly 'ship-to': string; // personal data
}
`,
    );
  });

  it('reads objects, unions, tuples and references off JSON Schema', () => {
    const text = declare(
      authored({
        type: 'object',
        required: ['to'],
        properties: {
          to: { $ref: '#/$defs/Address' },
          note: { type: ['string', 'null'], description: 'Free text' },
          line: {
            type: 'object',
            properties: { sku: { type: 'string' } },
            required: ['sku'],
          },
          pair: {
            type: 'array',
            prefixItems: [{ type: 'number' }],
            items: false,
          },
          parent: { $ref: '#' },
        },
      }),
    );
    expect(text).toContain('  readonly to: Address;\n');
    expect(text).toContain(
      '  /** Free text */\n  readonly note?: string | null;\n',
    );
    expect(text).toContain(
      '  readonly line?: {\n    readonly sku: string;\n  };\n',
    );
    expect(text).toContain('  readonly pair?: readonly [(number)?];\n');
  });

  it('tells apart types whose names make one identifier', () => {
    const identifiers = identifiersOf(['order-item', 'OrderItem']);
    expect(identifiers.get('OrderItem')).toBe('OrderItem');
    expect(identifiers.get('order-item')).toMatch(/^OrderItem_[0-9a-f]{8}$/);
  });
});

describe('a file of declarations', () => {
  it('compiles under strict whatever the names, texts and schemas are', () => {
    const hostile = '*/ export const broken = `${1}`; /* \u2028 \\';
    const types = [
      shared('String', fields(field('of', { kind: 'named', name: 'String' }))),
      shared(
        'order-item',
        fields(field('constructor', string), field('__proto__', string)),
      ),
      shared(
        'OrderItem',
        authored({
          oneOf: [{ type: 'object', properties: { a: {} } }, { type: 'null' }],
        }),
      ),
      shared(
        '1st',
        authored({
          allOf: [
            { $ref: '#/$defs/String' },
            { properties: { b: { const: 1 } } },
          ],
        }),
      ),
      shared(
        'Tree',
        authored({ type: 'object', additionalProperties: { $ref: '#' } }),
      ),
    ];
    const identifiers = identifiersOf([
      'order.created',
      ...types.map(({ name }) => name),
    ]);
    const shape = fields(
      field(
        hostile,
        { kind: 'enum', values: [hostile, "'", '\\'] },
        { description: hostile },
      ),
      field('a b', { kind: 'list', of: { kind: 'enum', values: ['x', 'y'] } }),
      field('nested', {
        kind: 'list',
        of: { kind: 'list', of: { kind: 'named', name: '1st' } },
      }),
      field('class', {
        kind: 'map',
        of: { kind: 'named', name: 'order-item' },
      }),
      field('empty', { kind: 'enum', values: [] }),
    );
    const source = [
      shapeInterface(shape, {
        identifier: identifiers.get('order.created') ?? '',
        description: `${hostile}\n${hostile}`,
        isExported: true,
        types: identifiers,
      }),
      ...typeInterfaces(types, { isExported: true, types: identifiers }),
    ].join('\n');
    expect(problems(source)).toEqual([]);
    expect(source).not.toContain('\u2028');
  });

  it('is checked by a compiler that does find faults', () => {
    expect(problems('export interface A { readonly b: Missing }')).toEqual([
      "Cannot find name 'Missing'.",
    ]);
  });
});
