// Which fields are amounts of money, by their names: what the rules about amounts share.
import { wordsOf } from '../core/text.ts';
import type { Field } from './payload.ts';

/**
 * Tells whether a field's name says that it is an amount of money: its last word does, as in `unitPrice`. Words that
 * count other things as often (`total`, `sum`, `balance`, `value`) are left out.
 */
export function isMoney({ name }: Field): boolean {
  return money.has((wordsOf(name).at(-1) ?? '').toLowerCase());
}

const money: ReadonlySet<string> = new Set([
  'amount',
  'cost',
  'fare',
  'fee',
  'price',
  'refund',
  'revenue',
  'salary',
  'subtotal',
  'tax',
  'vat',
]);
