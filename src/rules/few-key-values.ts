// An event is keyed by a field that has only a few values.
import { child } from '../core/pointer.ts';
import { keyName } from '../model/event-key.ts';
import type { KeyField } from '../model/key-fields.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/few-key-values`. */
export const fewKeyValues = defineRule(
  {
    name: 'few-key-values',
    area: 'ordering',
    severity: 'warning',
    profile: 'recommended',
    summary: 'An event is keyed by a field that has only a few values.',
    message:
      'values of the key "{key}" of {event}: {count}, so no more partitions or lanes than that ever work',
    hint: 'Key {event} by the field that identifies what it is about, or declare "ordering: none" and drop the key.',
    why: 'All messages of one key go to one partition or lane. With a handful of keys most of them stay empty, and the busy ones cannot be relieved.',
    source:
      'Confluent, "How to Choose the Number of Topics/Partitions in a Kafka Cluster"',
    joins: 'event',
  },
  ({ model, keyFields }) =>
    model.events.flatMap(({ name, key, origin }) => {
      const count = valuesOf(keyFields().get(name) ?? []);
      if (key === null || count === null) return [];
      const found = { event: name, key: keyName(key), count };
      return [{ at: child(origin, 'key'), ...found }];
    }),
);

/** Fields of few values make many keys together: how many there are is their product. */
function valuesOf(fields: readonly KeyField[]): number | null {
  let product = 1;
  for (const { field } of fields) {
    const isBoolean = field.types.size === 1 && field.types.has('boolean');
    const count = field.valueCount ?? (isBoolean ? 2 : null);
    if (count === null) return null;
    product *= count;
  }
  return fields.length === 0 ? null : product;
}
