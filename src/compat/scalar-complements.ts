// For each keyword that looks at a value without a sub-schema: a schema of what it refuses, and words for it.
import type { Schema, SchemaObject } from './json-schema.ts';
import type { GapKind } from './session.ts';

export interface Check {
  readonly kind: GapKind;
  /** A schema that accepts every value that the keyword refuses. */
  readonly complement: (reader: SchemaObject) => Schema;
  /** Says what the writer may write and what the reader accepts, after the name of the place. */
  readonly say: (reader: SchemaObject) => string;
}

type BoundKeyword =
  'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum';
type CountKeyword =
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties';

const WORDS: Readonly<Record<BoundKeyword, readonly [string, string]>> = {
  minimum: ['less than', 'at least'],
  maximum: ['greater than', 'at most'],
  exclusiveMinimum: ['as little as', 'only more than'],
  exclusiveMaximum: ['as much as', 'only less than'],
};

const UNITS = {
  string: 'characters',
  array: 'items',
  object: 'members',
} as const;

export const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  [
    'const',
    {
      kind: 'constant-changed',
      complement: ({ const: only }) => ({ not: { const: only ?? null } }),
      say: ({ const: only }) =>
        `may be other than ${show(only)}, the only value the reader accepts`,
    },
  ],
  [
    'enum',
    {
      kind: 'enum-narrowed',
      complement: ({ enum: values }) => ({ not: { enum: values ?? [] } }),
      say: ({ enum: values = [] }) =>
        `may hold a value outside the reader's list ${values.map(show).join(', ')}`,
    },
  ],
  [
    'minimum',
    bound('minimum-raised', 'minimum', { type: 'number' }, 'exclusiveMaximum'),
  ],
  [
    'maximum',
    bound('maximum-lowered', 'maximum', { type: 'number' }, 'exclusiveMinimum'),
  ],
  [
    'exclusiveMinimum',
    bound('minimum-raised', 'exclusiveMinimum', { type: 'number' }, 'maximum'),
  ],
  [
    'exclusiveMaximum',
    bound('maximum-lowered', 'exclusiveMaximum', { type: 'number' }, 'minimum'),
  ],
  [
    'minLength',
    count('min-length-raised', 'minLength', { type: 'string' }, 'maxLength'),
  ],
  [
    'maxLength',
    count('max-length-lowered', 'maxLength', { type: 'string' }, 'minLength'),
  ],
  [
    'minItems',
    count('min-items-raised', 'minItems', { type: 'array' }, 'maxItems'),
  ],
  [
    'maxItems',
    count('max-items-lowered', 'maxItems', { type: 'array' }, 'minItems'),
  ],
  [
    'minProperties',
    count(
      'min-properties-raised',
      'minProperties',
      { type: 'object' },
      'maxProperties',
    ),
  ],
  [
    'maxProperties',
    count(
      'max-properties-lowered',
      'maxProperties',
      { type: 'object' },
      'minProperties',
    ),
  ],
  [
    'multipleOf',
    {
      kind: 'multiple-of-changed',
      complement: () => ({ type: 'number' }),
      say: ({ multipleOf }) =>
        `may be a number that is no multiple of ${show(multipleOf)}, as the reader demands`,
    },
  ],
  [
    'pattern',
    {
      kind: 'pattern-changed',
      complement: ({ pattern }) => ({
        type: 'string',
        not: { pattern: pattern ?? '' },
      }),
      say: ({ pattern }) =>
        `may be a text without the pattern ${show(pattern)} that the reader demands`,
    },
  ],
  [
    'format',
    {
      kind: 'format-changed',
      complement: ({ format }) => ({
        type: 'string',
        not: { format: format ?? '' },
      }),
      say: ({ format }) =>
        `may be a text that is no ${format ?? ''}, the format the reader demands`,
    },
  ],
  [
    'uniqueItems',
    {
      kind: 'unique-items-added',
      complement: ({ uniqueItems }) =>
        uniqueItems === true ? { type: 'array', minItems: 2 } : false,
      say: () => 'may hold equal items, and the reader wants them unique',
    },
  ],
]);

function bound(
  kind: GapKind,
  keyword: BoundKeyword,
  base: SchemaObject,
  opposite: BoundKeyword,
): Check {
  const [beyond, within] = WORDS[keyword];
  return {
    kind,
    complement: (reader) => ({ ...base, [opposite]: reader[keyword] }),
    say: (reader) =>
      `may be ${beyond} ${show(reader[keyword])}, and the reader accepts ${within} ${show(reader[keyword])}`,
  };
}

function count(
  kind: GapKind,
  keyword: CountKeyword,
  base: { readonly type: keyof typeof UNITS },
  opposite: CountKeyword,
): Check {
  const isLeast = keyword.startsWith('min');
  return {
    kind,
    complement: (reader) => {
      const edge = (reader[keyword] ?? 0) + (isLeast ? -1 : 1);
      return edge < 0 ? false : { ...base, [opposite]: edge };
    },
    say: (reader) => {
      const limit = `${show(reader[keyword])} ${UNITS[base.type]}`;
      return isLeast
        ? `may have fewer than ${limit}, and the reader accepts no fewer`
        : `may have more than ${limit}, and the reader accepts no more`;
    },
  };
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
