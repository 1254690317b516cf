import { describe, expect, it } from 'vitest';
import { typeText } from '../model/payload.ts';
import { parseType } from './parse-type.ts';

const types = ['OrderItem', 'Address'];
const parse = (text: string): ReturnType<typeof parseType> =>
  parseType(text, (name) => types.includes(name), types);
const string = { kind: 'primitive', name: 'string' } as const;
const integer = { kind: 'primitive', name: 'integer' } as const;
const item = { kind: 'named', name: 'OrderItem' } as const;

describe('a type with null beside it', () => {
  it.each([
    ['string | null', string],
    ['null | integer', integer],
    ['OrderItem | null', item],
    ['string[] | null', { kind: 'list', of: string }],
    ['list<OrderItem>|null', { kind: 'list', of: item }],
    ['map<integer> | null', { kind: 'map', of: integer }],
    ['open | closed | null', { kind: 'enum', values: ['open', 'closed'] }],
    ['string | integer | null', { kind: 'union', of: [string, integer] }],
  ])('is nullable: %s', (text, of) => {
    expect(parse(text)).toEqual({ type: { kind: 'nullable', of } });
  });

  it('is nullable inside lists and maps', () => {
    expect(parse('list<string | null>')).toEqual({
      type: { kind: 'list', of: { kind: 'nullable', of: string } },
    });
    expect(parse('map<list<OrderItem | null> | null>')).toEqual({
      type: {
        kind: 'map',
        of: {
          kind: 'nullable',
          of: { kind: 'list', of: { kind: 'nullable', of: item } },
        },
      },
    });
  });
});

describe('types with "|" between them', () => {
  it.each([
    ['string | integer', [string, integer]],
    ['OrderItem | Address', [item, { kind: 'named', name: 'Address' }]],
    ['string | list<string>', [string, { kind: 'list', of: string }]],
    [
      'boolean | integer[]',
      [
        { kind: 'primitive', name: 'boolean' },
        { kind: 'list', of: integer },
      ],
    ],
  ])('are a union: %s', (text, of) => {
    expect(parse(text)).toEqual({ type: { kind: 'union', of } });
  });

  it.each([
    ['int | float', 'Write "number" for the types'],
    ['str | num', 'Write "string | number" for the types'],
    ['STRING | INTEGER', 'Write "string | integer" for the types'],
    ['object | array', 'Write "any" for the types'],
    ['list | map', 'Write "list<any> | map<any>" for the types'],
    ['address | orderitem', 'Write "Address | OrderItem" for the types'],
    ['open | NULL', 'Write null in lower case.'],
    ['object | null', 'Write "any" alone, which accepts null as it is.'],
  ])('are told when each is another name of a type: %s', (text, advice) => {
    expect(parse(text)).toMatchObject({
      problem: 'malformed',
      advice: expect.stringContaining(advice),
    });
  });

  it('are an enumeration where one of them is no name of a type', () => {
    expect(parse('text | image')).toEqual({
      type: { kind: 'enum', values: ['text', 'image'] },
    });
  });

  it('are an enumeration only where all of them are words', () => {
    expect(parse('open | in-progress | 3DS')).toEqual({
      type: { kind: 'enum', values: ['open', 'in-progress', '3DS'] },
    });
  });

  it.each([
    'null',
    'null | null',
    'any | null',
    'string | string',
    'string | uuid',
    'number | integer',
    'any | string',
    'string[] | list<string>',
    'string | ',
    '(string | null)[]',
    'null[]',
    'open | string',
    'closed | OrderItem | open',
  ])('are refused with a remedy: %s', (text) => {
    expect(parse(text)).toMatchSnapshot();
  });

  it.each([
    ['OrderItme | null', 'OrderItme', 'OrderItem'],
    ['int | null', 'int', 'integer'],
    ['strng | integer', 'strng', 'string'],
    ['open | null', 'open', null],
  ])('are a mistyped type where one word is left: %s', (text, name, near) => {
    expect(parse(text)).toEqual({ problem: 'unknown', name, near });
  });

  it('are written as they were read', () => {
    const texts = [
      'string | null',
      'list<string | integer | null>',
      'map<open | closed> | null',
      'OrderItem | list<Address>',
    ];
    expect(
      texts.map((text) => {
        const parsed = parse(text);
        return 'type' in parsed ? typeText(parsed.type) : parsed;
      }),
    ).toEqual(texts);
  });
});
