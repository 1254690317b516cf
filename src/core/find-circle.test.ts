import { describe, expect, it } from 'vitest';
import { findCircle } from './find-circle.ts';

const next =
  (edges: Readonly<Record<string, readonly string[]>>) =>
  (node: string): readonly string[] =>
    edges[node] ?? [];

const chain = (node: number): readonly number[] =>
  node < 100_000 ? [node + 1] : [];

describe('findCircle', () => {
  it('finds none in a graph without one, however often a node is reached', () => {
    expect(
      findCircle(['a', 'b'], next({ a: ['b', 'c'], b: ['c'], c: ['d'] })),
    ).toEqual([]);
  });

  it('gives the circle without the way that leads into it', () => {
    expect(
      findCircle(['a'], next({ a: ['b'], b: ['c'], c: ['d'], d: ['b'] })),
    ).toEqual(['b', 'c', 'd']);
  });

  it('counts a node that follows itself as a circle', () => {
    expect(findCircle(['a'], next({ a: ['a'] }))).toEqual(['a']);
  });

  it('follows a chain of a hundred thousand nodes', () => {
    expect(findCircle([0], chain)).toEqual([]);
  });
});
