import { describe, expect, it } from 'vitest';
import { pathSegment } from './artifact.ts';
import { uniqueNames } from './unique-names.ts';

const files = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(uniqueNames(names, pathSegment, '-'));

describe('unique names', () => {
  it('leaves names that meet nobody as they were made', () => {
    expect(files(['order.created', 'a/b'])).toEqual({
      'order.created': 'order.created',
      'a/b': 'a-b',
    });
  });

  it('keeps the name that needed no change and marks the one that met it', () => {
    expect(files(['a/b', 'a-b'])).toEqual({
      'a-b': 'a-b',
      'a/b': 'a-b-3a8e75c1',
    });
  });

  it('tells apart names that differ in case only', () => {
    const made = Object.values(files(['Order', 'order']));
    expect(new Set(made.map((name) => name.toLowerCase())).size).toBe(2);
  });

  it('gives the same names in whatever order they come', () => {
    const names = ['a/b', 'a:b', 'a-b', 'A?b', 'c'];
    expect(files(names.toReversed())).toEqual(files(names));
  });

  it('never gives a suffixed name that another name already has', () => {
    const met = files(['a/b', 'a-b'])['a/b'] ?? '';
    const made = Object.values(files(['a/b', 'a-b', met]));
    expect(new Set(made).size).toBe(3);
  });
});
