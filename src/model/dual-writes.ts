// What can be done where a publisher commits its state and publishes in two steps.
import { whereDeclared } from './declared.ts';
import type { Flow } from './model.ts';
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

/** Says how to declare that messages may be lost; nothing where one of them is a command or moves a saga, which would wait. */
export function orLossy(flows: readonly Flow[], facts: ModelFacts): string {
  const isNeeded = flows.some(
    ({ event }) =>
      facts.events().get(event)?.kind === 'command' ||
      (facts.subscriptionsByEvent().get(event) ?? []).some(
        ({ role }) => role.kind === 'saga',
      ),
  );
  return isNeeded
    ? ''
    : `, or declare "delivery: at-most-once" ${whereDeclared(flows, 'loss', facts)}`;
}
