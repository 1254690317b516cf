// Flows: each event from each publisher to each subscription, with the guarantee meant and the one that is had.
import { gather } from '../core/gather.ts';
import type { Capabilities } from '../model/capabilities.ts';
import { planCapacity } from '../model/capacity.ts';
import type {
  Flow,
  Model,
  Publication,
  Subscription,
  Weakening,
} from '../model/model.ts';
import type { Delivery, Ordering } from '../model/settings.ts';
import {
  deliveryWeakenings,
  orderingWeakenings,
  type Hop,
} from './flow-weakenings.ts';
import { deliveryRank, orderingRank } from './strongest.ts';

/**
 * Computes the flows of a model in spec order. The effective guarantee is the weakest of publisher, channel and
 * consumer, reckoned on the configuration that is generated for them.
 */
export function resolveFlows(
  model: Omit<Model, 'flows'>,
  capabilities: Capabilities,
): readonly Flow[] {
  const publicationsOf = gather(model.publications, ({ event }) => [event]);
  const subscriptionsOf = gather(model.subscriptions, ({ events }) => events);
  const services = new Map(model.services.map((one) => [one.name, one]));
  const channels = new Map(model.channels.map((one) => [one.name, one]));
  const sized = planCapacity(model).channels;
  const stored = storedAggregates(model);
  const keeping = new Set(
    model.subscriptions
      .filter(({ hasDeadLetter }) => hasDeadLetter.value)
      .map(({ group }) => group),
  );
  return model.events.flatMap((event) => {
    const publications: readonly (Publication | null)[] = publicationsOf.get(
      event.name,
    ) ?? [null];
    const subscriptions: readonly (Subscription | null)[] = subscriptionsOf.get(
      event.name,
    ) ?? [null];
    const shared = {
      event,
      channel: channels.get(event.channel) ?? null,
      partitions: sized.get(event.channel)?.partitions.value ?? 1,
      isStore: stored.has(event.aggregate ?? ''),
      capabilities,
    };
    return publications.flatMap((publication) =>
      subscriptions.map((subscription) =>
        flowOf({
          ...shared,
          publication,
          publisher: services.get(publication?.service ?? '') ?? null,
          subscription,
          groupKeepsFailed: keeping.has(subscription?.group ?? ''),
        }),
      ),
    );
  });
}

function storedAggregates(model: Omit<Model, 'flows'>): ReadonlySet<string> {
  if (model.eventStore.value !== 'broker') return new Set();
  return new Set(
    model.aggregates
      .filter(({ storage }) => storage.value === 'event-sourced')
      .map(({ name }) => name),
  );
}

function flowOf(hop: Hop): Flow {
  const { event, publication, subscription } = hop;
  const meant = subscription ?? event;
  const declared = {
    delivery: meant.delivery.value,
    ordering: meant.ordering.value,
  };
  const weakenings = [
    ...deliveryWeakenings(hop, declared.delivery),
    ...orderingWeakenings(hop, declared.ordering),
  ];
  const delivery = weakestDelivery(declared.delivery, weakenings);
  const ordering = weakestOrdering(declared.ordering, weakenings);
  return {
    event: event.name,
    publisher: publication?.service ?? null,
    channel: event.channel,
    subscription: subscription?.id ?? null,
    declared,
    effective: { delivery, ordering },
    weakenings,
    origin: subscription?.origin ?? publication?.origin ?? event.origin,
  };
}

// The weakenings of one aspect carry values of that aspect; see `Weakening.to`.
const weakestDelivery = (
  declared: Delivery,
  weakenings: readonly Weakening[],
): Delivery =>
  weakenings
    .filter(({ aspect }) => aspect === 'delivery')
    .map(({ to }) => to as Delivery)
    .reduce(
      (weakest, to) =>
        deliveryRank(to) < deliveryRank(weakest) ? to : weakest,
      declared,
    );
const weakestOrdering = (
  declared: Ordering,
  weakenings: readonly Weakening[],
): Ordering =>
  weakenings
    .filter(({ aspect }) => aspect === 'ordering')
    .map(({ to }) => to as Ordering)
    .reduce(
      (weakest, to) =>
        orderingRank(to) < orderingRank(weakest) ? to : weakest,
      declared,
    );
