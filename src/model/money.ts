// Which fields are amounts of money, by their names: what the rules about amounts share.
import { wordsOf } from '../core/text.ts';
import type { Model } from './model.ts';
import { alternativesOf, type Field, type Shape } from './payload.ts';

/** The amounts of money in one shape that are numbers, and whose it is. */
export interface Amounts {
  readonly name: string;
  readonly shape: Shape;
  /** Invariant: at least one. */
  readonly fields: readonly Field[];
}

/** Lists the amounts of money in what is sent, by events and requests, and in shared types. */
export function amountsIn(model: Model): readonly Amounts[] {
  return [
    ...model.events.map(({ name, payload }) => ({ name, shape: payload })),
    ...model.types,
    ...model.requests.flatMap(({ name, request, reply }) =>
      [request, reply].map((shape) => ({ name, shape })),
    ),
  ].flatMap(({ name, shape }) => {
    const fields = shape.fields.filter(
      (field) => isNumber(field) && isMoney(field),
    );
    return fields.length === 0 ? [] : [{ name, shape, fields }];
  });
}

/**
 * Tells whether a field's name says that it is an amount of money: its last word does, as in `unitPrice`. Words that
 * count other things as often (`total`, `sum`, `balance`, `value`) are left out.
 */
function isMoney({ name }: Field): boolean {
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

const isNumber = ({ type }: Field): boolean =>
  alternativesOf(type).some(
    (one) =>
      one.kind === 'primitive' &&
      (one.name === 'number' || one.name === 'integer'),
  );
