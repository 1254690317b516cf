// An amount of money does not say its currency.
import { amountsIn } from '../model/money.ts';
import type { Field } from '../model/payload.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/amount-without-currency`. */
export const amountWithoutCurrency = defineRule(
  {
    name: 'amount-without-currency',
    area: 'schemas',
    severity: 'info',
    profile: 'strict',
    summary: 'An amount of money does not say its currency.',
    message: 'no currency stands beside {fields}',
    hint: 'Share one type for money under "types", with an integer "amount" and a string "currency", and use it for {fields}.',
    why: 'The currency is then known only to whoever wrote the publisher. The second country, or the first consumer from another team, guesses it.',
    source:
      'M. Fowler, Patterns of Enterprise Application Architecture, "Money"',
    joins: 'fields',
  },
  ({ model }) =>
    amountsIn(model).flatMap(({ name, shape, fields }) =>
      shape.fields.some(saysCurrency)
        ? []
        : fields.map((field) => ({
            at: { pointer: field.origin, at: 'key' as const },
            fields: `${name}.${field.name}`,
          })),
    ),
);

const saysCurrency = ({ name }: Field): boolean => /currency/i.test(name);
