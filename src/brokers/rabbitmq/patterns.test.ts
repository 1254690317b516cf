import { describe, expect, it } from 'vitest';
import { exactly } from './names.ts';
import { isFound } from './patterns.ts';

describe('a pattern of RabbitMQ', () => {
  it.each([
    ['.*', 'order.added', true],
    ['^order\\.added$', 'order.added', true],
    ['^order\\.added$', 'order.added.dlq', false],
    ['^(?:order|stock)\\.[a-z-]+$', 'stock.added', true],
    ['^(?!amq\\.)', 'order', true],
    ['[^.]{2,5}?$', 'ab', true],
    ['added', 'order.added', true],
  ])('is searched for in a name: %s in %s', (pattern, name, found) => {
    expect(isFound(pattern, name)).toBe(found);
  });

  it('is known where this tool has written it', () => {
    expect(isFound(exactly(['order.added', 'a+b (c)']), 'a+b (c)')).toBe(true);
  });

  it.each([
    '^\\Qorder.added\\E$',
    '^[[:alpha:]]+\\.added$',
    '^order\\.added\\z',
    '\\Aorder',
    '^order\\h',
    '^order++',
    '^[]a]+$',
    '(?i)ORDER',
    '(?>order)',
    '(?#order)',
    '(*UTF8)order',
    '(?<name>order)',
    '\\p{L}+',
    '(order',
    'order\\',
  ])('is unknown where PCRE has its own reading of it: %s', (pattern) => {
    expect(isFound(pattern, 'order.added')).toBeNull();
  });
});
