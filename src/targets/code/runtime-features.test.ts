import { describe, expect, it } from 'vitest';
import { keepUsed, type RuntimeFeature } from './runtime-features.ts';

const keep = (
  lines: readonly string[],
  ...features: readonly RuntimeFeature[]
): readonly string[] =>
  keepUsed(`${lines.join('\n')}\n`, new Set(features))
    .trimEnd()
    .split('\n');

describe('parts of a runtime file', () => {
  const file = [
    'one',
    '  // #if database',
    '  two',
    '  // #if observers',
    '  three',
    '  // #end',
    '  // #else',
    '  // other',
    '  // #end',
    'four',
  ];

  it('go with what they are for, and an alternative comes out of its comment', () => {
    expect(keep(file)).toEqual(['one', '  other', 'four']);
    expect(keep(file, 'observers')).toEqual(['one', '  other', 'four']);
  });

  it('stay without their marks where it is used', () => {
    expect(keep(file, 'database')).toEqual(['one', '  two', 'four']);
    expect(keep(file, 'database', 'observers')).toEqual([
      'one',
      '  two',
      '  three',
      'four',
    ]);
  });

  it('leave one blank line', () => {
    const blank = ['a', '', '// #if requests', 'b', '', '// #end', '', 'c'];
    expect(keep(blank)).toEqual(['a', '', 'c']);
  });

  it('must be ended, and begun', () => {
    expect(() => keep(['// #if requests'])).toThrow('not ended');
    expect(() => keep(['// #end'])).toThrow('no part is open');
    expect(() => keep(['// #else'])).toThrow('no part is open');
  });
});
