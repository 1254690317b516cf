// The event stores that no honest code can be generated for, and why.
import type { Model } from '../../model/model.ts';

/** Says why an event-sourced system gets no code; null when it gets some. ADR-0013 */
export function refusedStore({
  aggregates,
  broker,
  eventStore,
}: Model): string | null {
  const isUsed = aggregates.some(
    ({ storage }) => storage.value === 'event-sourced',
  );
  if (!isUsed || eventStore.value !== 'broker') return null;
  return (
    `a log in ${broker.kind} takes no expected version, so two commands at once on one aggregate would both be accepted, ` +
    'and it cannot be read by aggregate; choose "postgresql" or "kurrentdb" as the event store'
  );
}
