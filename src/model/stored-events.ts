// Where the past of an event can be had again once its broker has forgotten it: in the event store of the aggregate that
// it belongs to, which the aggregate's own service alone reads.
import { gatherFacts } from './model-facts.ts';
import type { Aggregate, Model, Projection } from './model.ts';

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

/** Gives the aggregate whose event store, apart from the broker, holds an event: one of its commands puts it there; null when none does. */
export function storedWith(model: Model, event: string): Aggregate | null {
  if (model.eventStore.value === 'broker') return null;
  const { events, aggregates } = gatherFacts(model);
  const owner = aggregates().get(events().get(event)?.aggregate ?? '');
  return owner?.storage.value === 'event-sourced' &&
    owner.commands.some(({ emits }) => emits.includes(event))
    ? owner
    : null;
}

/**
 * Lists the aggregates from whose store the read model's own service can fold it anew; empty when some of its events are
 * stored elsewhere or nowhere, or when the service is not of this system.
 */
export function rebuildSources(
  model: Model,
  { from, service }: Projection,
): readonly string[] {
  if (gatherFacts(model).services().get(service)?.isExternal === true)
    return [];
  const owners = from.map((event) => storedWith(model, event));
  return owners.every((owner) => owner?.service === service)
    ? [...new Set(owners.flatMap((owner) => owner?.name ?? []))]
    : [];
}
