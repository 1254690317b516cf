import { describe, expect, it } from 'vitest';
import type { Artifact } from '../core/artifact.ts';
import { keepOnePerPath } from './keep-one-per-path.ts';

const file = (path: string, target: string): Artifact => ({
  path,
  content: `of ${target}\n`,
  isExecutable: false,
  policy: 'overwrite',
  origin: { target, pointers: [`/${target}`] },
});

describe('keeping one file per path', () => {
  it('says nothing of files that differ in more than case', () => {
    const files = [file('a/b.md', 'one'), file('a/c.md', 'two')];
    expect(keepOnePerPath(files)).toEqual({
      artifacts: files,
      diagnostics: [],
    });
  });

  it('keeps the first of two whose paths differ in case alone, and names both targets', () => {
    const first = file('events/Order.json', 'one');
    const { artifacts, diagnostics } = keepOnePerPath([
      first,
      file('events/order.json', 'two'),
    ]);
    expect(artifacts).toEqual([first]);
    expect(diagnostics).toMatchObject([
      { code: 'plan/path-conflict', severity: 'error', pointer: '/two' },
    ]);
    expect(diagnostics[0]?.message).toMatch(/"one".*"two"|"two".*"one"/);
  });
});
