// Look-ups that the lowering needs, built once per model so that its cost grows with the model and no faster.
import { onceFor } from '../../core/once-for.ts';
import type {
  Channel,
  ConsumerGroup,
  Event,
  Model,
  Publication,
  Subscription,
} from '../../model/model.ts';

export interface ModelIndex {
  readonly events: ReadonlyMap<string, Event>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly publicationsByService: ReadonlyMap<string, readonly Publication[]>;
  readonly groupsByService: ReadonlyMap<string, readonly ConsumerGroup[]>;
  readonly groupsByChannel: ReadonlyMap<string, readonly ConsumerGroup[]>;
  /** The subscriptions of each group that handle an event of a channel, by group and channel, in spec order. */
  readonly subscriptionsOn: ReadonlyMap<
    string,
    ReadonlyMap<string, readonly Subscription[]>
  >;
  /** Names of aggregates whose channel is their event store. */
  readonly storedAggregates: ReadonlySet<string>;
}

/** Builds the look-ups of a model, once for all who ask. */
export const indexModel: (model: Model) => ModelIndex = onceFor(index);

function index(model: Model): ModelIndex {
  const isBrokerStore = model.eventStore.value === 'broker';
  const subscriptions = byKey(model.subscriptions, (one) => one.id);
  const channelsOf = grouped(
    model.channels.flatMap((channel) =>
      channel.events.map((event) => ({ event, channel: channel.name })),
    ),
    ({ event }) => [event],
  );
  return {
    events: byKey(model.events, (event) => event.name),
    channels: byKey(model.channels, (channel) => channel.name),
    subscriptions,
    subscriptionsOn: new Map(
      model.groups.map((group) => [
        group.name,
        grouped(
          group.subscriptions.flatMap((id) => subscriptions.get(id) ?? []),
          ({ events }) =>
            new Set(
              events.flatMap((event) =>
                (channelsOf.get(event) ?? []).map(({ channel }) => channel),
              ),
            ),
        ),
      ]),
    ),
    publicationsByService: grouped(model.publications, (one) => [one.service]),
    groupsByService: grouped(model.groups, (group) => [group.service]),
    groupsByChannel: grouped(model.groups, (group) => group.channels),
    storedAggregates: new Set(
      model.aggregates
        .filter((one) => isBrokerStore && one.storage.value === 'event-sourced')
        .map((one) => one.name),
    ),
  };
}

/** A group's subscriptions that handle at least one event of a channel, in spec order. */
export function subscriptionsOn(
  index: ModelIndex,
  group: ConsumerGroup,
  channel: Channel,
): readonly Subscription[] {
  return index.subscriptionsOn.get(group.name)?.get(channel.name) ?? [];
}

function byKey<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

function grouped<T>(
  items: readonly T[],
  keysOf: (item: T) => Iterable<string>,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [item]);
      else known.push(item);
    }
  }
  return groups;
}
