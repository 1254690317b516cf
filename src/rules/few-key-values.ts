// An event is keyed by a field that has only a few values.
import { child } from '../core/pointer.ts';
import type { Field } from '../model/payload.ts';
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
      'the key "{key}" of {event} has {count} values, so at most {count} partitions or lanes ever work',
    hint: 'Key {event} by the field that identifies what it is about, or declare "ordering: none" and drop the key.',
    why: 'All messages of one key go to one partition or lane. With a handful of keys most of them stay empty, and the busy ones cannot be relieved.',
    source:
      'Confluent, "How to Choose the Number of Topics/Partitions in a Kafka Cluster"',
    joins: 'event',
  },
  ({ model }) =>
    model.events.flatMap(({ name, key, payload, origin }) => {
      const field = payload.fields.find((one) => one.name === key);
      const count = field === undefined ? null : valuesOf(field);
      if (key === null || count === null) return [];
      return [{ at: child(origin, 'key'), event: name, key, count }];
    }),
);

function valuesOf({ type }: Field): number | null {
  if (type.kind === 'enum') return type.values.length;
  return type.kind === 'primitive' && type.name === 'boolean' ? 2 : null;
}
