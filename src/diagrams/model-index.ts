// Look-ups on the model that several diagrams need, built once for all of them.
import type {
  Channel,
  ConsumerGroup,
  Event,
  Flow,
  Model,
  Publication,
  Service,
  Subscription,
} from '../model/model.ts';

export interface ModelIndex {
  readonly services: ReadonlyMap<string, Service>;
  readonly events: ReadonlyMap<string, Event>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly groups: ReadonlyMap<string, ConsumerGroup>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly groupsByService: ReadonlyMap<string, readonly ConsumerGroup[]>;
  readonly publicationsByEvent: ReadonlyMap<string, readonly Publication[]>;
  readonly publicationsByService: ReadonlyMap<string, readonly Publication[]>;
  readonly subscriptionsByEvent: ReadonlyMap<string, readonly Subscription[]>;
  readonly flowsByEvent: ReadonlyMap<string, readonly Flow[]>;
}

/** Indexes a model by the names that diagrams ask for. Linear in the model's size. */
export function indexModel(model: Model): ModelIndex {
  return {
    services: byName(model.services),
    events: byName(model.events),
    channels: byName(model.channels),
    groups: byName(model.groups),
    subscriptions: new Map(
      model.subscriptions.map((subscription) => [
        subscription.id,
        subscription,
      ]),
    ),
    groupsByService: gather(model.groups, (group) => [group.service]),
    publicationsByEvent: gather(model.publications, (one) => [one.event]),
    publicationsByService: gather(model.publications, (one) => [one.service]),
    subscriptionsByEvent: gather(model.subscriptions, (one) => one.events),
    flowsByEvent: gather(model.flows, (flow) => [flow.event]),
  };
}

/** Gathers values under each of their keys, in order. */
export function gather<T>(
  values: readonly T[],
  keysOf: (value: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const gathered = new Map<string, T[]>();
  for (const value of values) {
    for (const key of new Set(keysOf(value))) {
      const list = gathered.get(key);
      if (list === undefined) gathered.set(key, [value]);
      else list.push(value);
    }
  }
  return gathered;
}

/** The services that publish an event, without repetition. */
export function publishersOf(
  index: ModelIndex,
  event: string,
): readonly string[] {
  const publications = index.publicationsByEvent.get(event) ?? [];
  return [...new Set(publications.map((one) => one.service))];
}

/** The services that consume an event, without repetition. */
export function consumersOf(
  index: ModelIndex,
  event: string,
): readonly string[] {
  const subscriptions = index.subscriptionsByEvent.get(event) ?? [];
  return [...new Set(subscriptions.map((one) => one.service))];
}

function byName<T extends { readonly name: string }>(
  values: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(values.map((value) => [value.name, value]));
}
