// An amount of money is a floating-point number.
import { amountsIn } from '../model/money.ts';
import { alternativesOf, type Field } from '../model/payload.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/money-as-float`. */
export const moneyAsFloat = defineRule(
  {
    name: 'money-as-float',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'An amount of money is a floating-point number.',
    message: 'money is a floating-point number in {fields}',
    hint: 'Make {fields} an "integer" in the smallest unit, such as cents, or a "string" with a decimal number.',
    why: 'Most readers of JSON keep a number with a fraction in binary, where 0.1 is not a tenth. Sums of many amounts are then off by cents, and two services that add them up in another order differ.',
    source:
      'IEEE 754; RFC 8259, section 6; M. Fowler, Patterns of Enterprise Application Architecture, "Money"',
    joins: 'fields',
  },
  ({ model }) =>
    amountsIn(model).flatMap(({ name, fields }) =>
      fields.filter(isFloat).map((field) => ({
        at: { pointer: field.origin, at: 'key' as const },
        fields: `${name}.${field.name}`,
      })),
    ),
);

const isFloat = ({ type }: Field): boolean =>
  alternativesOf(type).some(
    (one) => one.kind === 'primitive' && one.name === 'number',
  );
