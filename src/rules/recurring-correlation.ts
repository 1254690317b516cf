// A saga is correlated by the key of something that outlives it, so that a second instance is taken for the first.
import { isSameKey, keyName } from '../model/event-key.ts';
import type { Event, Saga } from '../model/model.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/recurring-correlation`. */
export const recurringCorrelation = defineRule(
  {
    name: 'recurring-correlation',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A saga is correlated by a key that can come again, and would not start a second time.',
    message:
      'saga "{saga}" is correlated by "{correlation}", the key of "{event}", which can come again for the same "{correlation}"',
    hint: 'Correlate saga "{saga}" by a field that is new for each instance, such as an id of its own in "{event}", or write "once: per-key" on "{event}" when it happens once.',
    why: 'The value of the correlation is the identity of the instance. A second start with the same value is taken for a repeat of the first: nothing begins, and nobody is told.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Correlation Identifier"; C. Richardson, Microservices Patterns, chapter 4',
  },
  ({ model, events, aggregates }) =>
    model.sagas.flatMap((saga) => {
      const event = events().get(saga.starts);
      if (event === undefined || !isRecurring(saga, event)) return [];
      const states = aggregates().get(event.aggregate ?? '')?.states ?? [];
      // The states of an aggregate show that it comes again; without them, the names have to.
      if (states.length === 0 && isNamedAfter(saga, event)) return [];
      return [
        {
          at: { pointer: saga.origin, at: 'key' },
          saga: saga.name,
          correlation: keyName(saga.correlation),
          event: event.name,
        },
      ];
    }),
);

const isRecurring = ({ correlation }: Saga, event: Event): boolean =>
  event.key !== null &&
  isSameKey(event.key, correlation) &&
  !event.isOncePerKey.value;

/** Tells whether a key identifies what the event or the saga is about, such as `orderId` of `order.placed`. */
function isNamedAfter({ name, correlation }: Saga, event: Event): boolean {
  const kept = wordsOf(keyName(correlation)).filter(
    (word) => !general.has(word),
  );
  const about = wordsOf(`${name} ${event.name} ${event.aggregate ?? ''}`);
  return (
    kept.length === 0 ||
    kept.some((word) => about.some((other) => isAlike(word, other)))
  );
}

const general: ReadonlySet<string> = new Set([
  'id',
  'uuid',
  'key',
  'no',
  'number',
  'ref',
  'reference',
  'process',
  'saga',
  'correlation',
]);

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** `booking` and `booked` are of one stem. */
function isAlike(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < shorter && one[shared] === other[shared]) shared += 1;
  return shared === shorter || shared >= Math.max(4, 0.6 * shorter);
}
