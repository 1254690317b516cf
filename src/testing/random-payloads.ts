// Random payloads that are likely, not certain, to satisfy a schema. Shares no code with the checker it tests.
import type { AnySchema } from './random-schemas.ts';

/** What a payload is made from. */
export interface PayloadOptions {
  /** Gives numbers in [0, 1). */
  readonly random: () => number;
  readonly root: AnySchema;
  /** Whether to write only what the schema declares; otherwise other members and stray values occur too. */
  readonly isTidy: boolean;
  readonly depth: number;
}

type Node = Readonly<Record<string, unknown>>;

const STRAY: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2.5,
  7,
  '',
  'a',
  'ab',
  'abc',
  'b',
  '7',
  [],
  ['a'],
  {},
  { a: 1 },
  { b: 'a' },
];
const TEXTS = [
  '',
  'a',
  'b',
  'ab',
  'c',
  'abc',
  'abca',
  'ba',
  '7',
  '42',
  'zz',
  'new',
];
const SAMPLES: Readonly<Record<string, string>> = {
  uuid: '0b6c3a52-7a4e-4b7e-9a54-0a7f1d4f3c11',
  date: '2024-02-29',
  'date-time': '2024-02-29T23:59:59+02:00',
  email: 'shop@example.org',
  uri: 'https://example.org/x?y=1',
};

/** Makes a payload for a schema. */
export function randomPayload(
  schema: AnySchema,
  options: PayloadOptions,
): unknown {
  if (options.depth === 0 || (!options.isTidy && options.random() < 0.06))
    return pick(STRAY, options);
  return build(schema, { ...options, depth: options.depth - 1 }, false);
}

function build(
  schema: AnySchema,
  options: PayloadOptions,
  isPart: boolean,
): unknown {
  if (typeof schema === 'boolean') return pick(STRAY, options);
  const parts = partsOf(schema, options).map((part) =>
    build(part, options, true),
  );
  const own =
    'type' in schema || 'properties' in schema || parts.length === 0
      ? [ownPayload(schema, options, isPart)]
      : [];
  return [...own, ...parts].reduce((whole, part) =>
    isObject(whole) && isObject(part) ? { ...whole, ...part } : part,
  );
}

/** Picks the sub-schemas that apply in place. */
function partsOf(schema: Node, options: PayloadOptions): readonly AnySchema[] {
  const pickOne = (key: string): readonly AnySchema[] => {
    const list = schema[key] as readonly AnySchema[] | undefined;
    return list === undefined || list.length === 0 ? [] : [pick(list, options)];
  };
  const all = (schema['allOf'] as readonly AnySchema[] | undefined) ?? [];
  const test = schema['if'] as AnySchema | undefined;
  const branch = (key: string): AnySchema =>
    (schema[key] as AnySchema | undefined) ?? true;
  const condition =
    test === undefined
      ? []
      : options.random() < 0.5
        ? [test, branch('then')]
        : [branch('else')];
  const reference = schema['$ref'];
  const target =
    typeof reference === 'string' ? [resolve(reference, options.root)] : [];
  return [
    ...all,
    ...pickOne('anyOf'),
    ...pickOne('oneOf'),
    ...condition,
    ...target,
  ];
}

function ownPayload(
  schema: Node,
  options: PayloadOptions,
  isPart: boolean,
): unknown {
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum']))
    return pick(schema['enum'] as readonly unknown[], options);
  const fallback = 'properties' in schema ? 'object' : 'any';
  const makers: Readonly<Record<string, () => unknown>> = {
    null: () => null,
    boolean: () => options.random() < 0.5,
    integer: () => number(schema, options, [0, 1, -1]),
    number: () => number(schema, options, [0, 0.5, -0.5, 1]),
    string: () => SAMPLES[String(schema['format'])] ?? textFor(schema, options),
    array: () => arrayFor(schema, options),
    object: () => objectFor(schema, options, isPart),
    any: () => pick(STRAY, options),
  };
  const named = (schema['type'] ?? fallback) as string | readonly string[];
  const types = typeof named === 'string' ? [named] : named;
  return makers[pick(types, options)]?.();
}

function number(
  schema: Node,
  options: PayloadOptions,
  offsets: readonly number[],
): number {
  const bounds = [
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
  ].flatMap((key) => (typeof schema[key] === 'number' ? [schema[key]] : []));
  const step =
    typeof schema['multipleOf'] === 'number' ? schema['multipleOf'] : null;
  const near = pick(
    [...bounds, 0, Math.round(options.random() * 12) - 4],
    options,
  );
  if (step !== null && options.random() < 0.7)
    return (Math.round(near / step) + Math.round(options.random() * 2)) * step;
  return near + pick(offsets, options);
}

function textFor(schema: Node, options: PayloadOptions): string {
  const text = pick(TEXTS, options);
  const least =
    typeof schema['minLength'] === 'number' ? schema['minLength'] : 0;
  return options.random() < 0.7 ? text.padEnd(least, 'a') : text;
}

function arrayFor(schema: Node, options: PayloadOptions): readonly unknown[] {
  const prefix =
    (schema['prefixItems'] as readonly AnySchema[] | undefined) ?? [];
  const items = (schema['items'] as AnySchema | undefined) ?? true;
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  const length = least + Math.floor(options.random() * 3);
  const list = Array.from({ length }, (_, index) =>
    randomPayload(prefix[index] ?? items, options),
  );
  const contains = schema['contains'] as AnySchema | undefined;
  return contains !== undefined && length > 0 && options.random() < 0.7
    ? [...list.slice(1), randomPayload(contains, options)]
    : list;
}

function objectFor(
  schema: Node,
  options: PayloadOptions,
  isPart: boolean,
): Record<string, unknown> {
  const properties =
    (schema['properties'] as Readonly<Record<string, AnySchema>> | undefined) ??
    {};
  const required = (schema['required'] as readonly string[] | undefined) ?? [];
  const declared = Object.keys(properties).filter(
    (name) => required.includes(name) || options.random() < 0.5,
  );
  const patterns = Object.values(
    (schema['patternProperties'] as
      Readonly<Record<string, AnySchema>> | undefined) ?? {},
  );
  const patterned = patterns
    .filter(() => options.random() < 0.3)
    .map((part) => [pick(['xa', 'xb'], options), part] as const);
  const others =
    (schema['additionalProperties'] as AnySchema | undefined) ?? true;
  const added = mayAdd(schema, options, isPart)
    ? addedNames(required, options)
    : [];
  const members = [
    ...added
      .filter((name) => !Object.hasOwn(properties, name))
      .map((name) => [name, others] as const),
    ...declared.map((name) => [name, properties[name] ?? true] as const),
    ...patterned,
  ];
  return Object.fromEntries(
    members.map(([name, part]) => [name, randomPayload(part, options)]),
  );
}

function addedNames(
  required: readonly string[],
  options: PayloadOptions,
): readonly string[] {
  return options.random() < 0.3
    ? [...required, pick(['a', 'b', 'c', 'd', 'xa', 'e'], options)]
    : required;
}

/** A tidy writer adds undeclared members only to objects that declare none at all. */
function mayAdd(
  schema: Node,
  { isTidy }: PayloadOptions,
  isPart: boolean,
): boolean {
  const others = schema['additionalProperties'];
  if (others === false) return false;
  if (!isTidy || (others !== undefined && others !== true)) return true;
  return (
    Object.keys((schema['properties'] as object | undefined) ?? {}).length ===
      0 &&
    !isPart &&
    isLone(schema)
  );
}

function isLone(schema: Node): boolean {
  return [
    'allOf',
    'anyOf',
    'oneOf',
    'if',
    '$ref',
    'patternProperties',
    'dependentSchemas',
  ].every((key) => !(key in schema));
}

function resolve(reference: string, root: AnySchema): AnySchema {
  const definitions = (root as Node)['$defs'] as Readonly<
    Record<string, AnySchema>
  >;
  return definitions[reference.replace('#/$defs/', '')] ?? true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pick<T>(list: readonly T[], { random }: PayloadOptions): T {
  // Invariant: callers never pass an empty list.
  return list[Math.floor(random() * list.length)] as T;
}
