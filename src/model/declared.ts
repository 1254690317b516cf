// What was declared of flows that are weaker, and where: at the event, or at the consumer where that has a word of its own.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import type { ModelFacts } from './model-facts.ts';
import type { Flow, WeakeningCause } from './model.ts';
import type { Weakened } from './weakened.ts';

type Axis = 'loss' | 'order';

const settings = {
  loss: { name: 'delivery', weakest: 'at-most-once' },
  order: { name: 'ordering', weakest: 'none' },
} as const;

/** Lists the settings that weaken on an axis what must not be weaker, each with the flows of these. */
export const weakerThanDeclared = (
  facts: ModelFacts,
  cause: WeakeningCause,
  axis: Axis,
): readonly Weakened[] =>
  (facts.weakened().get(cause) ?? [])
    .filter((one) => one.axis === axis)
    .map((one) => ({
      ...one,
      flows: one.flows.filter((flow) => !isAccepted(flow, axis, facts)),
    }))
    .filter(({ flows }) => flows.length > 0);

/** The event itself asks for nothing; only another event of the same subscription does, from which it has its guarantee. */
function isAccepted(flow: Flow, axis: Axis, facts: ModelFacts): boolean {
  const { name, weakest } = settings[axis];
  return (
    flow.subscription !== null &&
    facts.events().get(flow.event)?.[name].value === weakest &&
    !isOfConsumer(flow, axis, facts)
  );
}

function isOfConsumer(
  { subscription }: Flow,
  axis: Axis,
  { events, subscriptions }: ModelFacts,
): boolean {
  const { name } = settings[axis];
  const asked = subscriptions().get(subscription ?? '');
  return (
    asked !== undefined &&
    !asked.events.some(
      (event) => events().get(event)?.[name].origin === asked[name].origin,
    )
  );
}

/** Says where to declare less: `on "order.paid"`, `in place of "exactly-once" at consumer "billing"`, or both. */
export function whereDeclared(
  flows: readonly Flow[],
  axis: Axis,
  facts: ModelFacts,
): string {
  const { name } = settings[axis];
  const own = flows.filter((flow) => isOfConsumer(flow, axis, facts));
  const events = flows.filter((flow) => !own.includes(flow));
  const consumers = gather(own, ({ subscription }) => {
    const asked = facts.subscriptions().get(subscription ?? '');
    return asked === undefined ? [] : [asked[name].value];
  });
  const places = [
    ...(events.length === 0
      ? []
      : [`on ${shortList([...new Set(events.map(({ event }) => event))])}`]),
    ...[...consumers].map(([value, asking]) => {
      const services = asking.map(
        ({ subscription }) =>
          facts.subscriptions().get(subscription ?? '')?.service ?? '',
      );
      return `in place of "${value}" at consumer ${shortList([...new Set(services)])}`;
    }),
  ];
  return places.join(' and ');
}
