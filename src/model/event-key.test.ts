import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyText, parseKey, writtenKey } from './event-key.ts';

describe('the text of a key', () => {
  it('is that of its field', () => {
    expect(keyText([['user', 'id']], { user: { id: 'a,b%' } })).toBe('a,b%');
    expect(keyText([['n']], { n: 17 })).toBe('17');
    expect(keyText([['a'], ['b']], { a: 'x,y', b: '%' })).toBe('x%2Cy,%25');
    expect(keyText([['a'], ['b']], { a: 'x' })).toBeNull();
  });

  it('differs when any part differs', () => {
    const part = fc.string({ unit: fc.constantFrom('a', ',', '%', '2C', '5') });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const key = parseKey(['a', 'b']);
        const isSame = keyText(key, { a, b }) === keyText(key, { a: c, b: d });
        expect(isSame).toBe(a === c && b === d);
      }),
    );
  });

  it('is read and written as a spec does', () => {
    expect(writtenKey(parseKey('user.id'))).toBe('user.id');
    expect(writtenKey(parseKey(['tenant', 'user.id']))).toEqual([
      'tenant',
      'user.id',
    ]);
  });
});
