// Look-ups and figures that follow from a model, gathered once for everyone who asks. Each is worked out when first asked
// for, in one pass, so that what nobody asks for costs nothing.
import { gather } from '../core/gather.ts';
import { lazy } from '../core/lazy.ts';
import { onceFor } from '../core/once-for.ts';
import { planCapacity, type Capacity } from './capacity.ts';
import type {
  Aggregate,
  Channel,
  ConsumerGroup,
  Event,
  Model,
  Publication,
  Service,
  Subscription,
} from './model.ts';
import { keyFieldsOf, type KeyField } from './key-fields.ts';
import { personalFields } from './personal-fields.ts';
import type { Weakened } from './weakened.ts';
import { weakenedFlows } from './weakened.ts';

type Lookup<T> = () => ReadonlyMap<string, T>;
type Listing<T> = () => ReadonlyMap<string, readonly T[]>;

export interface ModelFacts {
  readonly model: Model;
  readonly services: Lookup<Service>;
  readonly events: Lookup<Event>;
  readonly channels: Lookup<Channel>;
  readonly aggregates: Lookup<Aggregate>;
  readonly subscriptions: Lookup<Subscription>;
  readonly groups: Lookup<ConsumerGroup>;
  readonly publicationsByEvent: Listing<Publication>;
  readonly publicationsByService: Listing<Publication>;
  readonly subscriptionsByEvent: Listing<Subscription>;
  readonly subscriptionsByService: Listing<Subscription>;
  readonly eventsByAggregate: Listing<Event>;
  readonly groupsByChannel: Listing<ConsumerGroup>;
  readonly groupsByService: Listing<ConsumerGroup>;
  /** The flows' weakenings of each cause, those of one origin together. */
  readonly weakened: Listing<Weakened>;
  readonly capacity: () => Capacity;
  /** Paths of the personal fields in each event's payload, such as `customer.email`; events without any are absent. */
  readonly personal: Listing<string>;
  /** Of each keyed event the fields of its key, in their order. */
  readonly keyFields: Listing<KeyField>;
  /** Names of event-sourced aggregates. */
  readonly sourced: () => ReadonlySet<string>;
}

/** Gathers the facts of a model, once for all who ask and none of them before it is asked for. */
export const gatherFacts: (model: Model) => ModelFacts = onceFor(gatherOnce);

function gatherOnce(model: Model): ModelFacts {
  return {
    model,
    services: lazy(() => byName(model.services)),
    events: lazy(() => byName(model.events)),
    channels: lazy(() => byName(model.channels)),
    aggregates: lazy(() => byName(model.aggregates)),
    groups: lazy(() => byName(model.groups)),
    subscriptions: lazy(
      () => new Map(model.subscriptions.map((one) => [one.id, one])),
    ),
    publicationsByEvent: lazy(() =>
      gather(model.publications, ({ event }) => [event]),
    ),
    publicationsByService: lazy(() =>
      gather(model.publications, ({ service }) => [service]),
    ),
    subscriptionsByEvent: lazy(() =>
      gather(model.subscriptions, ({ events }) => events),
    ),
    subscriptionsByService: lazy(() =>
      gather(model.subscriptions, ({ service }) => [service]),
    ),
    eventsByAggregate: lazy(() =>
      gather(model.events, ({ aggregate }) =>
        aggregate === null ? [] : [aggregate],
      ),
    ),
    groupsByChannel: lazy(() =>
      gather(model.groups, ({ channels }) => channels),
    ),
    groupsByService: lazy(() =>
      gather(model.groups, ({ service }) => [service]),
    ),
    weakened: lazy(() => gather(weakenedFlows(model), ({ cause }) => [cause])),
    capacity: lazy(() => planCapacity(model)),
    keyFields: lazy(() => keyFieldsOf(model)),
    personal: lazy(() => personalFields(model)),
    sourced: lazy(
      () =>
        new Set(
          model.aggregates
            .filter(({ storage }) => storage.value === 'event-sourced')
            .map(({ name }) => name),
        ),
    ),
  };
}

function byName<T extends { readonly name: string }>(
  items: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}
