// Specs spoilt in the ways that people and tools spoil them.
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { RandomSource } from './random-source.ts';

const strange: readonly JsonValue[] = [
  null,
  true,
  0,
  -1,
  1e21,
  '',
  ' ',
  'x',
  '../x',
  '../../etc/passwd',
  'CON',
  '__proto__',
  'constructor',
  '👩‍🚀',
  '\u202eabc',
  'a\u0000b',
  'a\r\nb',
  '*',
  '#',
  '*.#.*',
  'a | b | a',
  'list<list<list<',
  'T[]'.repeat(30),
  '$ref',
  'x'.repeat(5000),
  [],
  {},
  [[]],
  [null],
  { a: {} },
  { $ref: '#/%zz' },
  { $ref: '#' },
  { $ref: '../x.json' },
  { type: 'object', properties: 3 },
];
const keys = ['__proto__', 'constructor', '../x', 'CON', '', ' ', 'a b', '<<'];

/** Spoils one to three places of a spec. */
export function mutated(random: RandomSource, spec: JsonObject): JsonValue {
  let value: JsonValue = spec;
  for (let count = random.int(1, 3); count > 0; count -= 1)
    value = mutateOnce(random, value, random.int(0, 5));
  return value;
}

function mutateOnce(
  random: RandomSource,
  value: JsonValue,
  depth: number,
): JsonValue {
  if (typeof value !== 'object' || value === null || depth === 0)
    return random.chance(0.8) ? random.pick(strange) : wrapped(value);
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    if (items.length === 0) return random.pick(strange);
    const at = random.int(0, items.length - 1);
    const item = items[at] ?? null;
    if (random.chance(0.2)) return [...items, item];
    return items.with(at, mutateOnce(random, item, depth - 1));
  }
  return mutateObject(random, value as JsonObject, depth);
}

function mutateObject(
  random: RandomSource,
  value: JsonObject,
  depth: number,
): JsonValue {
  const entries = Object.entries(value);
  if (entries.length === 0) return random.pick(strange);
  const at = random.int(0, entries.length - 1);
  const [key, inner] = entries[at] ?? ['', null];
  const put = (name: string, item: JsonValue): JsonObject =>
    Object.fromEntries(entries.with(at, [name, item]));
  switch (random.int(0, 6)) {
    case 0:
      return Object.fromEntries(entries.toSpliced(at, 1));
    case 1:
      return put(random.pick(keys), inner);
    case 2:
      return put(`${key}x`, inner);
    case 3:
      return put(key, wrapped(inner));
    default:
      return put(key, mutateOnce(random, inner, depth - 1));
  }
}

const wrapped = (value: JsonValue): JsonValue => [{ x: value }];

/** Spoils the text of a file: cut, bytes put in, brackets and quotes lost, documents and tabs added. */
export function spoiltText(random: RandomSource, text: string): string {
  const at = random.int(0, text.length);
  const insert = random.pick(
    [
      ['\u0000', '\t', '\ufeff', '"', "'", '[', '{', ']', '}', '\n---\n'],
      [
        '*x',
        '&x ',
        '!!js/function ',
        '!!binary ',
        '? ',
        '- ',
        ': ',
        '%YAML 9\n',
      ],
      ['\r\n', '\ud800', '>-\n', '|\n', '<<: *x\n', '#', ',', '\n\t', '@', '`'],
    ].flat(),
  );
  switch (random.int(0, 4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + random.int(1, 40));
    case 2:
      return text.replaceAll('\n', '\r\n').slice(0, at) + insert;
    default:
      return text.slice(0, at) + insert + text.slice(at);
  }
}
