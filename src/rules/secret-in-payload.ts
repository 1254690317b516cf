// A field looks like a password, a key or the number of a card.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/secret-in-payload`. */
export const secretInPayload = defineRule(
  {
    name: 'secret-in-payload',
    area: 'security',
    severity: 'warning',
    profile: 'minimal',
    summary: 'A field looks like a password, a key or the number of a card.',
    message: 'what looks like a secret travels in {where}: {fields}',
    hint: 'Leave {fields} out of {where}, and pass a reference or a token that is worth nothing elsewhere.',
    why: 'A message is copied to every consumer, to retries, dead letters, logs and backups, and stays there. A secret among them has to be taken for known.',
    source:
      'OWASP, "Logging Cheat Sheet" and "Cryptographic Storage Cheat Sheet"; PCI DSS 4.0, requirement 3',
    joins: 'where',
  },
  ({ model }) => {
    const shapes = [
      ...model.events.map(({ name, payload }) => ({
        where: name,
        shape: payload,
      })),
      ...model.types.map(({ name, shape }) => ({
        where: name,
        shape,
      })),
    ];
    return shapes.flatMap(({ where, shape }) => {
      const found = shape.fields.filter(({ name }) =>
        secret.test(name.toLowerCase().replaceAll('_', '')),
      );
      const [first] = found;
      if (first === undefined) return [];
      return [
        {
          at: first.origin,
          where,
          fields: shortList(found.map(({ name }) => name)),
        },
      ];
    });
  },
);

const secret =
  /^(password|passwd|passphrase|secret|clientsecret|apikey|accesstoken|refreshtoken|privatekey|cardnumber|cvv|cvc|pin)$/;
