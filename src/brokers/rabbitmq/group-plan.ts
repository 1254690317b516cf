// The decisions about one consumer group, before any object is made of them.
import { largest } from '../../core/lists.ts';
import { onceFor } from '../../core/once-for.ts';
import { planRetries } from './retry-plan.ts';
import { planLanes } from '../../model/lanes.ts';
import type { LoweringContext } from './lowering-context.ts';
import type { SubscriptionRetry } from './topology.ts';
import type { ConsumerGroup, Model, Subscription } from '../../model/model.ts';
import type { Sourced } from '../../model/settings.ts';

export interface GroupPlan {
  readonly group: ConsumerGroup;
  /** Name of its queue, and the stem of everything else that is made for it. */
  readonly queue: string;
  /** Null for one queue; else the number of queues that the keys are spread over. */
  readonly lanes: number | null;
  /** Lanes that its size asks for: more than it has where those would be too many. */
  readonly askedLanes: number;
  /** Why there are lanes, or why not. */
  readonly lanesBecause: string;
  readonly isOrdered: boolean;
  readonly isBestEffort: boolean;
  readonly retries: readonly SubscriptionRetry[];
  /** Deliveries in all that the queue allows: the most of its subscriptions. */
  readonly attempts: Sourced<number>;
  readonly hasDeadLetter: boolean;
  readonly maxLength: number;
  readonly maxLengthBecause: string;
  /** How long its consumers may be away at the declared peak before it is full, ms; null without a declared volume. */
  readonly fullAfterMs: number | null;
  /** How long a message waits for its consumer, ms; null for ever. */
  readonly ttlMs: number | null;
}

/** Shortest and longest limit of a queue: below, a hiccup would refuse publishers; above, a stream is the right queue. */
const leastLength = 10_000;
const mostLength = 5_000_000;
const lengthWithoutVolume = 100_000;

/** Names the queue of a group: a command queue is named after its channel, any other after the group. */
export function queueNameOf(group: ConsumerGroup): string {
  return group.isCommandQueue ? (group.channels[0] ?? group.name) : group.name;
}

const plansOf: (model: Model) => Map<ConsumerGroup, GroupPlan> = onceFor(
  () => new Map(),
);

/**
 * Decides what one consumer group needs: lanes, retries, limits; once for all who ask, since none of it differs between
 * the environments of a model.
 */
export function planGroup(
  group: ConsumerGroup,
  context: LoweringContext,
): GroupPlan {
  const plans = plansOf(context.model);
  const known = plans.get(group);
  if (known !== undefined) return known;
  const plan = decide(group, context);
  plans.set(group, plan);
  return plan;
}

function decide(group: ConsumerGroup, context: LoweringContext): GroupPlan {
  const subscriptions = group.subscriptions.flatMap((id) => {
    const subscription = context.subscriptions.get(id);
    return subscription === undefined ? [] : [subscription];
  });
  const isBestEffort = group.delivery.value === 'at-most-once';
  const retries = isBestEffort
    ? []
    : planRetries(
        subscriptions.map(({ id, retry }) => ({ id, retry: retry.value })),
        {
          hasDelayedRetry: context.features.hasDelayedRetry,
          choice: context.options.delayedRetry,
        },
      );
  const { lanes, askedLanes, lanesBecause } = lanesOf(
    group,
    subscriptions,
    context,
  );
  return {
    group,
    queue: queueNameOf(group),
    lanes,
    askedLanes,
    lanesBecause,
    isOrdered: group.ordering.value !== 'none',
    isBestEffort,
    retries,
    attempts: mostAttempts(group, subscriptions),
    hasDeadLetter:
      !isBestEffort &&
      subscriptions.some(({ hasDeadLetter }) => hasDeadLetter.value),
    ...planLength(group, lanes ?? 1, context),
    ttlMs: waitingTime(group, context),
  };
}

function mostAttempts(
  group: ConsumerGroup,
  subscriptions: readonly Subscription[],
): Sourced<number> {
  const [most] = [...subscriptions].sort(
    (left, right) => right.retry.value.attempts - left.retry.value.attempts,
  );
  if (most === undefined) {
    return { value: 1, from: 'default', origin: group.origin, because: null };
  }
  return { ...most.retry, value: most.retry.value.attempts };
}

function lanesOf(
  group: ConsumerGroup,
  subscriptions: readonly Subscription[],
  context: LoweringContext,
): Pick<GroupPlan, 'lanes' | 'askedLanes' | 'lanesBecause'> {
  if (group.ordering.value === 'none') {
    return {
      lanes: null,
      askedLanes: 1,
      lanesBecause: 'no order is asked for, so consumers compete on one queue',
    };
  }
  if (group.ordering.value === 'total') {
    return {
      lanes: null,
      askedLanes: 1,
      lanesBecause: 'a total order goes through one queue and one consumer',
    };
  }
  const busy = busyLanes(subscriptions, context);
  const declared = largest(
    group.channels.map(
      (name) => context.channels.get(name)?.partitions?.value ?? 0,
    ),
    0,
  );
  const { lanes, asked, atOnce } = planLanes(group, context.model.broker, {
    busy,
    declared,
  });
  if (lanes === null) {
    return {
      lanes,
      askedLanes: asked,
      lanesBecause:
        'one active consumer keeps up, so one queue keeps the order',
    };
  }
  // What the author says of the channel goes before what the formula says of it, as with partitions.
  const chosen =
    declared === 0
      ? `${lanes} lanes`
      : `${lanes} lanes, from ${declared} declared partitions`;
  const hasVolume = group.events.some(
    (name) => (context.events.get(name)?.volume ?? null) !== null,
  );
  const load = hasVolume
    ? ` and ${Number(busy.toPrecision(3))} busy consumers at peak (peak x processing time)`
    : ' (no volume is declared)';
  return {
    lanes,
    askedLanes: asked,
    lanesBecause: `order per key with ${atOnce} handled at once${load}: ${chosen}, each with one active consumer`,
  };
}

const round = (value: number): number => Number(value.toFixed(2));

// Little's law: mean number of messages in handling = arrivals per second x seconds of handling.
function busyLanes(
  subscriptions: readonly Subscription[],
  context: LoweringContext,
): number {
  return subscriptions
    .flatMap(({ events, processingMs }) =>
      events.map((name) => {
        const volume = context.events.get(name)?.volume?.value;
        return ((volume?.peakPerSecond ?? 0) * processingMs.value) / 1000;
      }),
    )
    .reduce((sum, lanes) => sum + lanes, 0);
}

function planLength(
  group: ConsumerGroup,
  lanes: number,
  context: LoweringContext,
): Pick<GroupPlan, 'maxLength' | 'maxLengthBecause' | 'fullAfterMs'> {
  const peak = group.events
    .map((name) => context.events.get(name)?.volume?.value.peakPerSecond ?? 0)
    .reduce((sum, rate) => sum + rate, 0);
  if (peak === 0) {
    return {
      maxLength: lengthWithoutVolume,
      maxLengthBecause: `no volume is declared: ${lengthWithoutVolume} messages`,
      fullAfterMs: null,
    };
  }
  const outageSeconds = context.options.outageMs / 1000;
  // Keys never spread evenly: a lane takes up to twice its share.
  const share = lanes === 1 ? 1 : 2 / lanes;
  const asked = Math.ceil(peak * outageSeconds * share);
  const maxLength = Math.min(mostLength, Math.max(leastLength, asked));
  return {
    maxLength,
    maxLengthBecause: `${round(peak)}/s at peak x ${outageSeconds} s without a consumer${lanes === 1 ? '' : ` x 2 / ${lanes} lanes`} = ${asked}, kept within ${leastLength} to ${mostLength}`,
    fullAfterMs: (maxLength / (peak * share)) * 1000,
  };
}

function waitingTime(
  group: ConsumerGroup,
  context: LoweringContext,
): number | null {
  const times = group.channels.map(
    (name) => context.channels.get(name)?.retention.value ?? 'forever',
  );
  const finite = times.filter((time) => time !== 'forever');
  return finite.length < times.length || finite.length === 0
    ? null
    : largest(finite);
}
