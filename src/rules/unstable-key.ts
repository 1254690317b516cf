// An event is keyed by a field whose text is not the same for the same value.
import { child } from '../core/pointer.ts';
import { keyName } from '../model/event-key.ts';
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
    why: 'The key is hashed as text. Two spellings of one time are equal values and different keys, and then different partitions.',
    source:
      'Apache Kafka documentation, "Producer: partitioning"; RFC 8785 (JSON Canonicalization Scheme)',
    joins: 'event',
  },
  ({ model, keyFields }) =>
    model.events.flatMap(({ name, origin }) =>
      (keyFields().get(name) ?? [])
        .filter(({ field }) => manySpellings.has(field.format ?? ''))
        .slice(0, 1)
        .map(({ path, field }) => ({
          at: child(origin, 'key'),
          event: name,
          key: keyName([path]),
          type: `of type ${field.format ?? ''}`,
        })),
    ),
);

/** Formats in which one value has several texts. */
const manySpellings: ReadonlySet<string> = new Set(['bytes', 'date-time']);
