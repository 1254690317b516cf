// The events of one aggregate have different keys.
import { keyName } from '../model/event-key.ts';
import { gather } from '../core/gather.ts';
import { child } from '../core/pointer.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/mixed-keys`. */
export const mixedKeys = defineRule(
  {
    name: 'mixed-keys',
    area: 'ordering',
    severity: 'warning',
    profile: 'recommended',
    summary: 'The events of one aggregate have different keys.',
    message:
      'the events of aggregate "{aggregate}" have different keys: {keys}',
    hint: 'Key all events of "{aggregate}" by the field that identifies it, such as "{likely}".',
    why: 'Order holds per key. Events of one aggregate under different keys travel in different partitions or lanes, so a change may be read before the change that it follows.',
    source:
      'E. Evans, Domain-Driven Design, "Aggregates"; Confluent, "Put Several Event Types in the Same Kafka Topic"',
  },
  ({ eventsByAggregate }) =>
    [...eventsByAggregate()].flatMap(([aggregate, events]) => {
      const ordered = events.filter(
        ({ ordering }) => ordering.value === 'per-key',
      );
      const byKey = gather(ordered, ({ key }) =>
        key === null ? [] : [keyName(key)],
      );
      if (byKey.size < 2) return [];
      const keys = [...byKey].toSorted(
        ([left, first], [right, second]) =>
          second.length - first.length || (left < right ? -1 : 1),
      );
      const rare = keys.at(-1)?.[1][0];
      return [
        {
          at: child(rare?.origin ?? '', 'key'),
          aggregate,
          keys: keys
            .map(
              ([key, found]) =>
                `"${key}" of ${shortList(found.map(({ name }) => name))}`,
            )
            .join(', '),
          likely: keys[0]?.[0] ?? '',
        },
      ];
    }),
);
