import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { fixturePath } from '../testing/load-model.ts';
import { randomSpec } from '../testing/random-spec.ts';
import { specValue } from '../testing/spec-changes.ts';
import { insertEntry } from './insert-entry.ts';

const order = ['eventArch', 'name', 'services', 'events', 'consumers'];
const entry = {
  type: 'integration',
  payload: { id: 'uuid', tags: 'list<string>' },
};

/** Every mapping and list of a value, by its path. */
function holders(
  value: JsonValue,
  path: readonly string[],
): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  // A list's items have no name to go on by.
  const inner = isJsonObject(value)
    ? Object.entries(value).flatMap(([name, part]) =>
        holders(part, [...path, name]),
      )
    : [];
  return [path, ...inner];
}

function at(value: JsonValue, path: readonly string[]): JsonValue {
  return path.reduce<JsonValue>(
    (inner, name) => (isJsonObject(inner) ? (inner[name] ?? null) : null),
    value,
  );
}

function withEntry(value: JsonValue, path: readonly string[]): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined)
    return Array.isArray(value)
      ? [...(value as readonly JsonValue[]), 'zz.new']
      : { ...(value as JsonObject), 'zz.new': entry };
  return {
    ...(value as JsonObject),
    [name]: withEntry(at(value, [name]), rest),
  };
}

/** Tells whether a text is another one with something put in at one place. */
function isInsertion(before: string, after: string): boolean {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end += 1;
  return start + end === before.length;
}

/** Every place of a small text; of a large one so many, from its beginning to its end. */
const maxPlaces = 40;

/** What is wrong with inserting at each place of a text. */
function faults(text: string): readonly string[] {
  const value = specValue(text);
  const places = holders(value, []);
  const step = Math.ceil(places.length / maxPlaces);
  const looked = places.filter((_, index) => index % step === 0);
  return looked.flatMap((path) => {
    const isList = Array.isArray(at(value, path));
    const result = insertEntry(text, {
      path: isList ? path : [...path, 'zz.new'],
      value: isList ? 'zz.new' : entry,
      order,
    });
    const where = path.join('/');
    if ('problem' in result)
      // What an alias stands for is written elsewhere.
      return /[&*]\w/.test(text) ? [] : [`${where}: ${result.problem}`];
    if (!isInsertion(text, result.text))
      return [`${where}: other bytes changed`];
    // What is put into an anchor shows at its aliases too.
    if (/[&*]\w/.test(text)) return [];
    const read = JSON.stringify(specValue(result.text));
    // A new section may stand between others.
    const isSame =
      path.length === 0
        ? read.length === JSON.stringify(withEntry(value, path)).length
        : read === JSON.stringify(withEntry(value, path));
    return isSame ? [] : [`${where}: another value`];
  });
}

const files = globSync('**/*.yaml', {
  cwd: fixturePath('specs'),
  absolute: true,
}).toSorted();

describe('inserting an entry', () => {
  it.each(files)('leaves every other byte, at every place of %s', (file) => {
    expect(faults(readFileSync(file, 'utf8'))).toEqual([]);
  });

  it('leaves every other byte of random specs, in any style', () => {
    fc.assert(
      fc.property(
        randomSpec('kafka'),
        fc.constantFrom('block', 'flow', 'any'),
        fc.constantFrom(2, 4),
        (spec, style, indent) => {
          const text = stringify(spec, {
            collectionStyle: style,
            indent,
            lineWidth: 90,
            aliasDuplicateObjects: false,
          });
          expect(faults(text)).toEqual([]);
          expect(faults(text.replaceAll('\n', '\r\n'))).toEqual([]);
        },
      ),
      { numRuns: 4 },
    );
  });

  it.each([
    ['a: {}\n', 'a: { b: 1 }\n'],
    ['a:\n', 'a: { b: 1 }\n'],
    ['a: null # none\n', 'a: { b: 1 } # none\n'],
    ['a: { c: 2 } # two', 'a: { c: 2, b: 1 } # two'],
    ['a:\n  c: 2 # two\n\n# end\n', 'a:\n  c: 2 # two\n  b: 1\n\n# end\n'],
    ['a:\n    c: |\n      text\n', 'a:\n    c: |\n      text\n    b: 1\n'],
    ['a:\n  c: 2', 'a:\n  c: 2\n  b: 1\n'],
    ['x: 1\n', 'x: 1\na:\n  b: 1\n'],
  ])('of %j gives %j', (before, after) => {
    expect(
      insertEntry(before, { path: ['a', 'b'], value: 1, order: [] }),
    ).toEqual({
      text: after,
    });
  });

  it('refuses what is there, and what is no mapping', () => {
    const insert = (text: string, path: readonly string[]) =>
      insertEntry(text, { path, value: 1, order: [] });
    expect(insert('a: { b: 2 }\n', ['a', 'b'])).toMatchObject({
      problem: 'taken',
    });
    expect(insert('a: text\n', ['a', 'b'])).toMatchObject({
      problem: 'closed',
      at: ['a'],
    });
    expect(insert('c: &x { d: 1 }\na: *x\n', ['a', 'b'])).toMatchObject({
      problem: 'closed',
    });
  });
});
