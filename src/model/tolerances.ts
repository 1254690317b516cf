// How late and how faulty a consumer group may be before somebody has to look: a model in, limits with their source out.
import type { Pointer } from '../core/pointer.ts';
import { failureHandling } from './failure-handling.ts';
import { gatherFacts } from './model-facts.ts';
import type { ConsumerGroup, Model, Subscription } from './model.ts';

/** What a limit follows from. */
export type ToleranceSource = 'staleness' | 'step' | 'default';

export interface LagTolerance {
  /** Whole minutes in ms, between one minute and six hours. */
  readonly ms: number;
  /** As the spec says it, ms; null for the default. */
  readonly declaredMs: number | null;
  readonly source: ToleranceSource;
  /** The projection, or `saga/step`. */
  readonly name: string;
  readonly origin: Pointer;
}

const minute = 60_000;
const defaultMs = 5 * minute;
// Below, two scrapes cannot tell it apart; above, an outage would be seen on another day.
const leastMs = minute;
const mostMs = 360 * minute;

/**
 * Tells how old an event may become before a group has handled it: the staleness of the read models that the group feeds,
 * half the timeout of the saga steps that it serves, the strictest of them; five minutes when the spec says nothing.
 */
export function lagTolerance(model: Model, group: ConsumerGroup): LagTolerance {
  const [strictest] = [
    ...stalenessOf(model, group),
    ...stepTimeouts(model, group),
  ].toSorted((left, right) => left.ms - right.ms);
  const found: LagTolerance = strictest ?? {
    ms: defaultMs,
    declaredMs: null,
    source: 'default',
    name: group.name,
    origin: group.origin,
  };
  const whole = Math.ceil(found.ms / minute) * minute;
  return { ...found, ms: Math.min(mostMs, Math.max(leastMs, whole)) };
}

function stalenessOf(
  model: Model,
  group: ConsumerGroup,
): readonly LagTolerance[] {
  return model.projections.flatMap(({ name, group: own, stalenessMs }) =>
    own !== group.name || stalenessMs === null
      ? []
      : [
          {
            ms: stalenessMs.value,
            declaredMs: stalenessMs.value,
            source: 'staleness' as const,
            name,
            origin: stalenessMs.origin,
          },
        ],
  );
}

function stepTimeouts(
  model: Model,
  group: ConsumerGroup,
): readonly LagTolerance[] {
  return model.sagas.flatMap((saga) =>
    saga.steps.flatMap((step) => {
      const asks = step.command ?? step.on;
      if (step.timeoutMs === null || asks === null) return [];
      if (!group.events.includes(asks)) return [];
      return [
        {
          ms: step.timeoutMs.value / 2,
          declaredMs: step.timeoutMs.value,
          source: 'step' as const,
          name: `${saga.name}/${step.name}`,
          origin: step.timeoutMs.origin,
        },
      ];
    }),
  );
}

export interface FailureTolerance {
  /** Share of attempts that may fail, 0.01 to 0.5. */
  readonly share: number;
  readonly attempts: number;
  readonly origin: Pointer;
}

// One message in ten thousand may end as a dead letter.
const givenUpShare = 1e-4;

const attemptsOf = (subscription: Subscription): number =>
  failureHandling(subscription).retry.attempts;

/**
 * Tells which share of attempts may fail: with n attempts that fail independently with probability p, p^n of the messages
 * are given up; p is chosen so that this is one in ten thousand, and kept within 1 % and 50 %. The group's fewest attempts count.
 */
export function failureTolerance(
  model: Model,
  group: ConsumerGroup,
): FailureTolerance {
  const known = gatherFacts(model).subscriptions();
  const [fewest] = group.subscriptions
    .flatMap((id) => known.get(id) ?? [])
    .toSorted((left, right) => attemptsOf(left) - attemptsOf(right));
  const attempts = fewest === undefined ? 1 : attemptsOf(fewest);
  const share = Math.min(0.5, Math.max(0.01, givenUpShare ** (1 / attempts)));
  return {
    share: Math.round(share * 100) / 100,
    attempts,
    origin: fewest?.retry.origin ?? group.origin,
  };
}
