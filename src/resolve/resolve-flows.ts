// Flows: each event from each publisher to each subscription, with the guarantee meant and the one that is had.
import { gather } from '../core/gather.ts';
import type { Capabilities } from '../model/capabilities.ts';
import { planCapacity } from '../model/capacity.ts';
import type {
  ConsumerGroup,
  Event,
  Flow,
  HadOrdering,
  Model,
  Publication,
  Subscription,
  Weakening,
  Worth,
} from '../model/model.ts';
import { failureHandling } from '../model/failure-handling.ts';
import { orderingRank, promisedWorth } from '../model/worth.ts';
import { assumptionsOf } from './flow-assumptions.ts';
import { weakeningsOf } from './flow-weakenings.ts';
import { isGuarded, type Hop } from './hop.ts';
import { splitKey, splitOrders } from './split-orders.ts';

type Design = Omit<Model, 'flows'>;

/**
 * Computes the flows of a model in spec order. The effective guarantee is the weakest of publisher, channel and
 * consumer on each axis, reckoned on the configuration that is generated for them.
 */
export function resolveFlows(
  model: Design,
  capabilities: Capabilities,
): readonly Flow[] {
  const publicationsOf = gather(model.publications, ({ event }) => [event]);
  const subscriptionsOf = gather(model.subscriptions, ({ events }) => events);
  const hopOf = hops(model, capabilities);
  return model.events.flatMap((event) => {
    const publications: readonly (Publication | null)[] = publicationsOf.get(
      event.name,
    ) ?? [null];
    const subscriptions: readonly (Subscription | null)[] = subscriptionsOf.get(
      event.name,
    ) ?? [null];
    return publications.flatMap((publication) =>
      subscriptions.map((subscription) =>
        flowOf(hopOf(event, publication, subscription)),
      ),
    );
  });
}

type HopOf = (
  event: Event,
  publication: Publication | null,
  subscription: Subscription | null,
) => Hop;

/** Gathers once what all hops of a model are made of. */
function hops(model: Design, capabilities: Capabilities): HopOf {
  const channels = new Map(model.channels.map((one) => [one.name, one]));
  const groups = new Map(model.groups.map((one) => [one.name, one]));
  const sized = planCapacity(model).channels;
  const stored = storedAggregates(model);
  const numbered = new Set(model.aggregates.map(({ name }) => name));
  const placeOf = effectPlaces(model);
  const splits = splitOrders(model);
  const keeping = new Set(
    model.subscriptions
      .filter((one) => failureHandling(one).hasDeadLetter)
      .map(({ group }) => group),
  );
  return (event, publication, subscription) => {
    const { channel, aggregate, name } = event;
    const group = subscription?.group ?? '';
    return {
      event,
      channel: channels.get(channel) ?? null,
      partitions: sized.get(channel)?.partitions.value ?? 1,
      ...(aggregate === null
        ? { isStore: false, isNumbered: false }
        : {
            isStore: stored.has(aggregate),
            isNumbered: numbered.has(aggregate),
          }),
      publication,
      subscription,
      groupKeepsFailed: keeping.has(group),
      ...placeOf(subscription),
      isAloneInGroup: isAlone(event, groups.get(group)),
      splitAt:
        subscription === null
          ? null
          : (splits.get(splitKey(subscription.id, name)) ?? null),
      capabilities,
    };
  };
}

function storedAggregates(model: Design): ReadonlySet<string> {
  if (model.eventStore.value !== 'broker') return new Set();
  return new Set(
    model.aggregates
      .filter(({ storage }) => storage.value === 'event-sourced')
      .map(({ name }) => name),
  );
}

/** Tells of a subscription where its effect lies, and whose code has it. */
function effectPlaces({
  services,
  publications,
}: Design): (
  subscription: Subscription | null,
) => Pick<Hop, 'isEffectOutside' | 'isForeign'> {
  const publishing = new Set(publications.map(({ service }) => service));
  const foreign = new Set(
    services.filter(({ isExternal }) => isExternal).map(({ name }) => name),
  );
  return (subscription) => ({
    isEffectOutside:
      subscription !== null && !publishing.has(subscription.service),
    isForeign: subscription !== null && foreign.has(subscription.service),
  });
}

const isAlone = (event: Event, group: ConsumerGroup | undefined): boolean =>
  event.isOncePerKey.value &&
  group?.events.length === 1 &&
  group.ordering.value !== 'total';

function flowOf(hop: Hop): Flow {
  const { event, publication, subscription } = hop;
  const meant = subscription ?? event;
  const declared = {
    delivery: meant.delivery.value,
    ordering: meant.ordering.value,
  };
  const weakenings = weakeningsOf(hop, declared);
  const effective = worthOf(hop, declared, weakenings);
  return {
    event: event.name,
    publisher: publication?.service ?? null,
    channel: event.channel,
    subscription: subscription?.id ?? null,
    declared,
    effective,
    weakenings,
    assumptions: assumptionsOf(hop, declared.delivery, effective),
    origin: subscription?.origin ?? publication?.origin ?? event.origin,
  };
}

function worthOf(
  hop: Hop,
  declared: Flow['declared'],
  weakenings: readonly Weakening[],
): Worth {
  const promised = promisedWorth(declared);
  const isWeak = (axis: Weakening['axis']): boolean =>
    weakenings.some((one) => one.axis === axis);
  return {
    mayBeLost: promised.mayBeLost || isWeak('loss'),
    mayBeDoubled:
      (promised.mayBeDoubled && !isGuarded(hop)) || isWeak('doubling'),
    ordering: weakenings
      .flatMap(({ to }) => to ?? [])
      .reduce<HadOrdering>(
        (weakest, to) =>
          orderingRank(to) < orderingRank(weakest) ? to : weakest,
        promised.ordering,
      ),
  };
}
