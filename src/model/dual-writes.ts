// What can be done where a publisher commits its state and publishes in two steps.
import type { ModelFacts } from './model-facts.ts';

/**
 * Says how to declare that nothing is committed beside the events, behind other remedies; nothing where one of them
 * belongs to an aggregate, as it tells a change.
 */
export function orStateless(
  service: string,
  { publicationsByService, events }: ModelFacts,
): string {
  const isOfAggregate = (publicationsByService().get(service) ?? []).some(
    ({ event }) => events().get(event)?.aggregate != null,
  );
  return isOfAggregate
    ? ''
    : '; where nothing is committed beside them, say so with "changesState: false"';
}
