// The keys that a design orders its events by.
import { keyName } from '../../model/event-key.ts';
import type { Model } from '../../model/model.ts';

/** Names the keys of all events, each once, in spec order. */
export function keysOf(model: Model): readonly string[] {
  return [
    ...new Set(
      model.events.flatMap(({ key }) => (key === null ? [] : [keyName(key)])),
    ),
  ];
}

/** Tells whether order per key is asked for and no event has a key, so that nothing is ordered. */
export function isOrderedByNothing(model: Model): boolean {
  return (
    model.guarantees.ordering.value === 'per-key' && keysOf(model).length === 0
  );
}
