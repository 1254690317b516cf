import { describe, expect, it } from 'vitest';
import { globMatcher } from './glob.ts';

describe('a glob', () => {
  it.each([
    ['/events/legacy.*', '/events/legacy.order', true],
    ['/events/legacy.*', '/events/legacy.order/key', true],
    ['/events/legacy.*', '/events/legacyXorder', false],
    ['/events/legacy.*', '/channels/legacy.order', false],
    ['/consumers/*/subscribes', '/consumers/stock/subscribes/a', true],
    ['/consumers/*/subscribes', '/consumers/stock/retry', false],
    ['/**/retry', '/consumers/a/subscribes/b/retry', true],
    ['/**/retry', '/consumers/a', false],
    ['specs/old', 'specs/old/orders.yaml', true],
    ['specs/old/', 'specs/old/orders.yaml', true],
    ['./specs/*.yaml', 'specs/orders.yaml', true],
    ['specs/*.yaml', 'specs/old/orders.yaml', false],
    ['**/orders.yaml', 'orders.yaml', true],
    ['**/orders.yaml', 'specs/old/orders.yaml', true],
    ['order?.yaml', 'order1.yaml', true],
    ['order?.yaml', 'order/.yaml', false],
    ['a+(b).yaml', 'a+(b).yaml', true],
  ])('%s on %s: %s', (glob, path, isMatched) => {
    expect(globMatcher(glob)(path)).toBe(isMatched);
  });
});
