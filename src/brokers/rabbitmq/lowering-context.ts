// What every step of the lowering looks at: the model by name, the options, the version's features, one environment.
import { append } from '../../core/lists.ts';
import { lazy } from '../../core/lazy.ts';
import { featuresOf } from './version.ts';
import { readOptions } from './options.ts';
import type { Features } from './version.ts';
import type { RabbitOptions } from './options.ts';
import type {
  Channel,
  Environment,
  Event,
  Model,
  Subscription,
} from '../../model/model.ts';
import type { Binding, Exchange, Policy, Queue } from './topology.ts';

export interface LoweringContext {
  readonly model: Model;
  readonly environment: Environment;
  readonly options: RabbitOptions;
  readonly features: Features;
  readonly events: ReadonlyMap<string, Event>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** Names of the events that some group takes. */
  readonly taken: () => ReadonlySet<string>;
}

/** Objects of the broker that belong together. */
export interface Part {
  readonly exchanges: readonly Exchange[];
  readonly queues: readonly Queue[];
  readonly bindings: readonly Binding[];
  readonly policies: readonly Policy[];
}

/** Priority of every policy: above a catch-all that an operator may have at 0. */
export const policyPriority = 10;

/** Delivery limit of queues that only people read: each look counts as a delivery, and 4.0 and later drop at 20. */
export const lookLimit = 1_000_000;

export const emptyPart: Part = {
  exchanges: [],
  queues: [],
  bindings: [],
  policies: [],
};

/** Prepares the lowering of a model for one environment. */
export function lowerWith(
  model: Model,
  environment: Environment,
): LoweringContext {
  return {
    model,
    environment,
    options: readOptions(model),
    features: featuresOf(model.broker.version.value),
    events: new Map(model.events.map((event) => [event.name, event])),
    channels: new Map(model.channels.map((channel) => [channel.name, channel])),
    subscriptions: new Map(
      model.subscriptions.map((subscription) => [
        subscription.id,
        subscription,
      ]),
    ),
    taken: lazy(() => new Set(model.groups.flatMap(({ events }) => events))),
  };
}

/** Joins parts in order. */
export function joinParts(parts: readonly Part[]): Part {
  const exchanges: Exchange[] = [];
  const queues: Queue[] = [];
  const bindings: Binding[] = [];
  const policies: Policy[] = [];
  // Thousands of parts hold one or two objects each.
  for (const part of parts) {
    append(exchanges, part.exchanges);
    append(queues, part.queues);
    append(bindings, part.bindings);
    append(policies, part.policies);
  }
  return { exchanges, queues, bindings, policies };
}
