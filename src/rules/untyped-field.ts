// A field of a payload may hold anything.
import { shortList } from '../core/text.ts';
import type { FieldType } from '../model/payload.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/untyped-field`. */
export const untypedField = defineRule(
  {
    name: 'untyped-field',
    area: 'schemas',
    severity: 'info',
    profile: 'recommended',
    summary: 'A field of a payload may hold anything.',
    message: '{fields} of {event} may hold anything',
    hint: 'Give {fields} of {event} a type, such as string, a list or one under "types".',
    why: 'What may be anything is no contract: no change to it is ever breaking on paper, and every one can be in production.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Canonical Data Model"',
    joins: 'event',
  },
  ({ model }) =>
    model.events.flatMap(({ name, payload }) => {
      const open = payload.fields.filter(({ type }) => isAny(type));
      const [first] = open;
      if (first === undefined) return [];
      return [
        {
          at: first.origin,
          event: name,
          fields: shortList(open.map((field) => field.name)),
        },
      ];
    }),
);

function isAny(type: FieldType): boolean {
  if (type.kind === 'list' || type.kind === 'map') return isAny(type.of);
  return type.kind === 'primitive' && type.name === 'any';
}
