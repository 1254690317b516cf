// What each consumer group of a service does with each message, decided once.
import {
  dropping,
  failureHandling,
  type FailureHandling,
} from '../../model/failure-handling.ts';
import { gatherFacts } from '../../model/model-facts.ts';
import type { ConsumerGroup, Saga, Subscription } from '../../model/model.ts';
import { onceFor } from '../../core/once-for.ts';
import type { CodeContext } from './code-context.ts';

/** What one subscription does with its messages. */
export type Reaction =
  | { readonly kind: 'handler'; readonly handler: string }
  | { readonly kind: 'projection'; readonly name: string }
  | { readonly kind: 'saga'; readonly name: string }
  /** A choreography: what is noted of it, and the handler that acts unless another subscription does. */
  | {
      readonly kind: 'choreography';
      readonly name: string;
      readonly handler: string | null;
    };

export interface GroupPlan {
  readonly group: ConsumerGroup;
  readonly sources: readonly {
    readonly channel: string;
    readonly events: readonly string[];
  }[];
  /** In spec order; several where subscriptions of one group overlap. */
  readonly reactions: readonly {
    readonly event: string;
    readonly reaction: Reaction;
  }[];
  readonly failure: FailureHandling;
  /** Of the events that are treated otherwise. */
  readonly failureByEvent: readonly (readonly [string, FailureHandling])[];
  readonly isOrdered: boolean;
  readonly isAtMostOnce: boolean;
  readonly concurrency: number;
  readonly hasInbox: boolean;
}

/** Plans the groups of one service. */
export function groupPlans(
  context: CodeContext,
  service: string,
): readonly GroupPlan[] {
  return plansOf(context)(service);
}

/** Asked for by each file of a service. */
const plansOf = onceFor((context: CodeContext) => {
  const groups = gatherFacts(context.model).groupsByService();
  const known = new Map<string, readonly GroupPlan[]>();
  return (service: string): readonly GroupPlan[] => {
    const found = known.get(service);
    if (found !== undefined) return found;
    const plans = (groups.get(service) ?? [])
      .filter((group) => group.events.length > 0)
      .map((group) => planGroup(context, group));
    known.set(service, plans);
    return plans;
  };
});

function planGroup(context: CodeContext, group: ConsumerGroup): GroupPlan {
  const subscriptions = group.subscriptions.map(context.subscription);
  const failures = group.events.map(
    (event) => [event, failureOf(subscriptions, event)] as const,
  );
  const failure = failures[0]?.[1] ?? dropping;
  return {
    group,
    sources: group.channels.map((channel) => ({
      channel,
      events: group.events.filter(
        (event) => context.event(event).channel === channel,
      ),
    })),
    reactions: subscriptions.flatMap((subscription) =>
      subscription.events.map((event) => ({
        event,
        reaction: reactionOf(context, subscription, event),
      })),
    ),
    failure,
    failureByEvent: failures.filter(([, one]) => !isSame(one, failure)),
    isOrdered: group.ordering.value !== 'none',
    isAtMostOnce: group.delivery.value === 'at-most-once',
    // A total order has one message in hand at a time.
    concurrency: group.ordering.value === 'total' ? 1 : group.concurrency.value,
    hasInbox: subscriptions.some(isInboxed),
  };
}

/** A projection counts versions by itself; a saga reacts to each message once whatever its idempotency says. */
function isInboxed({ role, idempotency }: Subscription): boolean {
  if (role.kind === 'projection') return false;
  return role.kind === 'saga' || idempotency.value === 'inbox';
}

function failureOf(
  subscriptions: readonly Subscription[],
  event: string,
): FailureHandling {
  const subscription = subscriptions.find(({ events }) =>
    events.includes(event),
  );
  return subscription === undefined ? dropping : failureHandling(subscription);
}

function isSame(left: FailureHandling, right: FailureHandling): boolean {
  return (
    left.hasDeadLetter === right.hasDeadLetter &&
    left.retry.attempts === right.retry.attempts &&
    left.retry.mode === right.retry.mode &&
    left.retry.backoff === right.retry.backoff &&
    left.retry.firstMs === right.retry.firstMs &&
    left.retry.maxMs === right.retry.maxMs
  );
}

function reactionOf(
  context: CodeContext,
  subscription: Subscription,
  event: string,
): Reaction {
  const { role, handler } = subscription;
  if (role.kind === 'projection' && role.name !== null)
    return { kind: 'projection', name: role.name };
  if (role.kind !== 'saga' || role.name === null)
    return { kind: 'handler', handler: handler.value };
  const saga = context.model.sagas.find(({ name }) => name === role.name);
  if (saga === undefined || saga.style === 'orchestration')
    return { kind: 'saga', name: role.name };
  return {
    kind: 'choreography',
    name: role.name,
    handler: needsHandler(context, { saga, subscription, event })
      ? handler.value
      : null,
  };
}

/** The event that triggers a step of this service needs somebody to act, unless another subscription does already. */
function needsHandler(
  { model }: CodeContext,
  found: {
    readonly saga: Saga;
    readonly subscription: Subscription;
    readonly event: string;
  },
): boolean {
  const { saga, subscription, event } = found;
  const { service } = subscription;
  const isTrigger = saga.steps.some(
    (step) => step.on === event && step.participant === service,
  );
  const isHandled = model.subscriptions.some(
    (other) =>
      other.service === service &&
      other.role.kind === 'written' &&
      other.events.includes(event),
  );
  return isTrigger && !isHandled;
}
