// A field looks like personal data and is not marked as such.
import { shortList } from '../core/text.ts';
import { alternativesOf, type Field } from '../model/payload.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unmarked-personal-data`. */
export const unmarkedPersonalData = defineRule(
  {
    name: 'unmarked-personal-data',
    area: 'security',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A field looks like personal data and is not marked as such.',
    message: 'what looks like personal data in {where} is not marked: {fields}',
    hint: 'Write "pii: true" on {fields} of {where}, or "x-pii: true" in a JSON Schema.',
    why: 'What is not marked is not seen: not by the rules about retention and consumers, and not by whoever answers a request to be forgotten.',
    source: 'Regulation (EU) 2016/679 (GDPR), articles 4(1) and 30',
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
      const found = shape.fields.filter(
        (field) => !field.isPii && isPersonal(field),
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

function isPersonal({ name, type }: Field): boolean {
  const isEmail = alternativesOf(type).some(
    (one) => one.kind === 'primitive' && one.name === 'email',
  );
  return isEmail || telling.has(name.toLowerCase().replaceAll('_', ''));
}

/** Names, in lower case and without underscores, that stand for little else. */
const telling: ReadonlySet<string> = new Set([
  'birthdate',
  'clientip',
  'dateofbirth',
  'email',
  'emailaddress',
  'firstname',
  'fullname',
  'iban',
  'ipaddress',
  'lastname',
  'passportnumber',
  'phone',
  'phonenumber',
  'socialsecuritynumber',
  'ssn',
]);
