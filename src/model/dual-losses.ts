// What is lost, against what was declared, between committing a change and publishing its event.
import type { ModelFacts } from './model-facts.ts';
import type { Flow } from './model.ts';
import type { Weakened } from './weakened.ts';

/** Lists the publishers' settings that lose events which must not be, each with the flows of these. */
export const dualLosses = (facts: ModelFacts): readonly Weakened[] =>
  (facts.weakened().get('dual-write') ?? [])
    .filter(({ axis }) => axis === 'loss')
    .map((one) => ({
      ...one,
      flows: one.flows.filter((flow) => !isAccepted(flow, facts)),
    }))
    .filter(({ flows }) => flows.length > 0);

/** The event itself may be lost; only another event of the same subscription may not, from which it has its guarantee. */
function isAccepted(
  { event, subscription }: Flow,
  { events, subscriptions }: ModelFacts,
): boolean {
  const asked = subscriptions().get(subscription ?? '');
  return (
    asked !== undefined &&
    events().get(event)?.delivery.value === 'at-most-once' &&
    asked.events.some(
      (other) => events().get(other)?.delivery.origin === asked.delivery.origin,
    )
  );
}
