// What each service gets of an event, before and after.
import { gather } from '../core/gather.ts';
import type {
  Axis,
  Event,
  Flow,
  HadOrdering,
  WeakeningCause,
} from '../model/model.ts';
import { orderingRank } from '../model/worth.ts';
import type { Comparison } from './comparison.ts';
import { matchBy, type Pair, type Side } from './side.ts';
import type { DeliveryWorth } from './worth-words.ts';

/** What one service can count on. */
export interface Received extends DeliveryWorth {
  readonly service: string;
  readonly ordering: HadOrdering;
  readonly isIdempotent: boolean;
  /** What weakens each axis, beside what is declared. */
  readonly causes: Readonly<Record<Axis, readonly WeakeningCause[]>>;
}

/** Pairs what each consumer of an event gets in two designs. */
export function receivedBoth(
  { before, after, renames }: Comparison,
  pair: Pair<Event>,
): readonly Pair<Received>[] {
  return matchBy(
    received(before, pair.before.name),
    received(after, pair.after.name),
    {
      before: ({ service }) => renames.services.get(service) ?? service,
      after: ({ service }) => service,
    },
  ).both;
}

/** What each service gets of an event: the weakest, when it has several flows of it. */
function received(side: Side, event: string): readonly Received[] {
  const found = new Map<string, Received>();
  const subscriptions = side.facts.subscriptions();
  for (const flow of flowsOf(side).get(event) ?? []) {
    const subscription = subscriptions.get(flow.subscription ?? '');
    if (subscription === undefined) continue;
    const { service } = subscription;
    const one: Received = {
      ...flow.effective,
      service,
      isIdempotent: subscription.idempotency.value !== 'none',
      causes: {
        loss: causesOf(flow, 'loss'),
        doubling: causesOf(flow, 'doubling'),
        order: causesOf(flow, 'order'),
      },
    };
    const known = found.get(service);
    found.set(service, known === undefined ? one : weakest(known, one));
  }
  return [...found.values()];
}

const causesOf = (
  { weakenings }: Flow,
  axis: Axis,
): readonly WeakeningCause[] =>
  weakenings.filter((one) => one.axis === axis).map(({ cause }) => cause);

const weakest = (one: Received, other: Received): Received => ({
  service: one.service,
  mayBeLost: one.mayBeLost || other.mayBeLost,
  mayBeDoubled: one.mayBeDoubled || other.mayBeDoubled,
  ordering:
    orderingRank(other.ordering) < orderingRank(one.ordering)
      ? other.ordering
      : one.ordering,
  isIdempotent: one.isIdempotent && other.isIdempotent,
  causes: {
    loss: [...one.causes.loss, ...other.causes.loss],
    doubling: [...one.causes.doubling, ...other.causes.doubling],
    order: [...one.causes.order, ...other.causes.order],
  },
});

const indexes = new WeakMap<
  Side,
  ReadonlyMap<string, Side['model']['flows']>
>();

/** Flows by event, gathered once a side. */
function flowsOf(side: Side): ReadonlyMap<string, Side['model']['flows']> {
  const known = indexes.get(side);
  if (known !== undefined) return known;
  const made = gather(side.model.flows, ({ event }) => [event]);
  indexes.set(side, made);
  return made;
}
