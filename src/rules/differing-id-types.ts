// One identity has different types in different events.
import { isKeyField } from '../model/event-key.ts';
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { typeText, withoutNull, type FieldType } from '../model/payload.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/differing-id-types`. */
export const differingIdTypes = defineRule(
  {
    name: 'differing-id-types',
    area: 'naming',
    severity: 'warning',
    profile: 'recommended',
    summary: 'One identity has different types in different events.',
    message: '"{field}" is {types}',
    hint: 'Give "{field}" the same type in all events, by a name of its own under "types".',
    why: 'The same identity is joined, compared and hashed across events. 17 and "17" are one order and two keys.',
    source:
      'E. Evans, Domain-Driven Design, "Ubiquitous Language"; Hohpe and Woolf, Enterprise Integration Patterns, "Canonical Data Model"',
  },
  ({ model }) => {
    const ids = model.events.flatMap((event) =>
      event.payload.fields.flatMap((field) => {
        const type = field.type.kind === 'schema' ? null : wordOf(field.type);
        const isId =
          isKeyField(event.key, field.name) || /(Id|_id|ID)$/.test(field.name);
        return type !== null && isId
          ? [{ field, type, event: event.name }]
          : [];
      }),
    );
    return [...gather(ids, ({ field }) => [field.name])].flatMap(
      ([field, found]) => {
        const byType = [...gather(found, ({ type }) => [type])].toSorted(
          ([left, first], [right, second]) =>
            second.length - first.length || (left < right ? -1 : 1),
        );
        if (byType.length < 2) return [];
        return [
          {
            at: byType.at(-1)?.[1][0]?.field.origin ?? '',
            field,
            types: byType
              .map(
                ([type, uses]) =>
                  `${type} in ${shortList(uses.map(({ event }) => event))}`,
              )
              .join(', but '),
          },
        ];
      },
    );
  },
);

function wordOf(type: FieldType): string | null {
  // Whether an identity may be missing is no matter of its type.
  const { kind } = withoutNull(type);
  if (kind === 'list' || kind === 'map') return `a ${kind}`;
  return kind === 'enum' ? null : typeText(withoutNull(type));
}
