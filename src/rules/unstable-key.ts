// An event is keyed by a field whose text is not the same for the same value.
import { child } from '../core/pointer.ts';
import type { Field } from '../model/payload.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unstable-key`. */
export const unstableKey = defineRule(
  {
    name: 'unstable-key',
    area: 'ordering',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'An event is keyed by a field whose text is not the same for the same value.',
    message:
      'the key "{key}" of {event} is {type}, which two publishers may write differently',
    hint: 'Key {event} by a field of type uuid, string or integer.',
    why: 'The key is hashed as text. 1 and 1.0, or two spellings of one time, are equal values and different keys, and then different partitions.',
    source:
      'Apache Kafka documentation, "Producer: partitioning"; RFC 8785 (JSON Canonicalization Scheme)',
    joins: 'event',
  },
  ({ model }) =>
    model.events.flatMap(({ name, key, payload, origin }) => {
      const field = payload.fields.find((one) => one.name === key);
      const type = field === undefined ? null : unstable(field);
      if (key === null || type === null) return [];
      return [{ at: child(origin, 'key'), event: name, key, type }];
    }),
);

const manySpellings: ReadonlySet<string> = new Set([
  'number',
  'any',
  'bytes',
  'date-time',
]);

function unstable({ type }: Field): string | null {
  if (type.kind === 'list' || type.kind === 'map') return `a ${type.kind}`;
  if (type.kind !== 'primitive' || !manySpellings.has(type.name)) return null;
  return `of type ${type.name}`;
}
