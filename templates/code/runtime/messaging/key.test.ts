// What the text of a key is: the same for every producer, and another one for other values.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidMessageError } from '../consume/errors.js';
import { keyOf } from './key.js';

describe('the key of a message', () => {
  it('is the text of its field', () => {
    assert.equal(keyOf({ orderId: 'a,b%' }, [['orderId']]), 'a,b%');
    assert.equal(keyOf({ orderId: 17 }, [['orderId']]), '17');
    assert.equal(keyOf({ isPaid: false }, [['isPaid']]), 'false');
    assert.equal(keyOf({ user: { id: 'u1' } }, [['user', 'id']]), 'u1');
  });

  it('joins several so that other values make other keys', () => {
    const key = [['tenant'], ['order', 'id']];
    const of = (tenant: string, id: string | number): string =>
      keyOf({ tenant, order: { id } }, key);
    assert.equal(of('acme', 17), 'acme,17');
    assert.equal(of('a,b', 'c'), 'a%2Cb,c');
    assert.equal(of('a', 'b,c'), 'a,b%2Cc');
    assert.equal(of('a%2Cb', 'c'), 'a%252Cb,c');
    assert.equal(of('', ''), ',');
  });

  it('writes whole numbers in digits', () => {
    assert.equal(keyOf({ n: 1e21 }, [['n']]), '1000000000000000000000');
    assert.equal(keyOf({ n: -0 }, [['n']]), '0');
  });

  it('is refused where the payload lacks it', () => {
    const wrong = [{}, null, { id: null }, { id: { a: 1 } }, { id: 1.5 }];
    for (const data of wrong)
      assert.throws(() => keyOf(data, [['id']]), InvalidMessageError);
    assert.throws(() => keyOf({}, [['constructor']]), InvalidMessageError);
  });
});
