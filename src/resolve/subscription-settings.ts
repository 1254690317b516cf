// The settings of a subscription: its own, the consumer's, what its events ask for, the default.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import { parseDuration } from '../core/units.ts';
import type { Subscription } from '../model/model.ts';
import type { Delivery, Idempotency, Sourced } from '../model/settings.ts';
import type { RawSubscription } from '../schema/raw-spec.ts';
import type { EventDraft } from './resolve-events.ts';
import { writtenGuarantees } from './resolve-guarantees.ts';
import type { Level } from './resolve-retry.ts';
import { entry, type Scope } from './scope.ts';
import { byDefault, derived, written } from './sourced.ts';
import { strongestDelivery, strongestOrdering } from './strongest.ts';
import type { SubscriptionDraft } from './subscription-draft.ts';

/** Gives the levels at which a subscription's settings are looked for, nearest first. */
export function levelsOf(
  scope: Scope,
  draft: SubscriptionDraft,
): readonly Level[] {
  const own = { raw: draft.settings, at: draft.settingsAt };
  const consumer = entry(scope.raw.consumers, draft.service);
  if (consumer === undefined || Array.isArray(consumer)) return [own];
  // The short form was just excluded; `subscribes` is no setting and is never looked at.
  return [
    own,
    {
      raw: consumer as RawSubscription,
      at: pointer('consumers', draft.service),
    },
  ];
}

export type SubscriptionSettings = Pick<
  Subscription,
  | 'instances'
  | 'concurrency'
  | 'processingMs'
  | 'hasDeadLetter'
  | 'idempotency'
  | 'delivery'
  | 'ordering'
>;

/** Settles every setting but the retry. `carried`: the events that are handled. */
export function settingsOf(
  levels: readonly Level[],
  draft: SubscriptionDraft,
  { carried }: { readonly carried: readonly EventDraft[] },
): SubscriptionSettings {
  const delivery =
    firstWritten(levels, ({ delivery: choice }, at) =>
      choice === undefined
        ? null
        : writtenGuarantees({ delivery: choice }, at).delivery,
    ) ??
    strongestDelivery(carried.map((event) => event.delivery)) ??
    byDefault('at-least-once', draft.origin, 'It handles no event');
  return {
    instances:
      writtenNumber(levels, 'instances') ??
      byDefault(1, draft.settingsAt, 'One copy until more is asked for'),
    concurrency:
      writtenNumber(levels, 'concurrency') ??
      byDefault(
        1,
        draft.settingsAt,
        'One message at a time until more is asked for',
      ),
    processingMs: processingOf(levels, draft),
    hasDeadLetter: deadLetterOf(levels, draft, delivery),
    idempotency: idempotencyOf(levels, draft),
    delivery,
    ordering:
      firstWritten(levels, ({ ordering }, at) =>
        ordering === undefined
          ? null
          : writtenGuarantees({ ordering }, at).ordering,
      ) ??
      strongestOrdering(carried.map((event) => event.ordering)) ??
      byDefault('none', draft.origin, 'It handles no event'),
  };
}

function firstWritten<T>(
  levels: readonly Level[],
  read: (raw: RawSubscription, at: Pointer) => T | null,
): T | null {
  for (const { raw, at } of levels) {
    const found = read(raw, at);
    if (found !== null) return found;
  }
  return null;
}

const writtenNumber = (
  levels: readonly Level[],
  key: 'instances' | 'concurrency',
): Sourced<number> | null =>
  firstWritten(levels, ({ [key]: number }, at) =>
    number === undefined ? null : written(number, child(at, key)),
  );

function deadLetterOf(
  levels: readonly Level[],
  draft: SubscriptionDraft,
  delivery: Sourced<Delivery>,
): Sourced<boolean> {
  const found = firstWritten(levels, ({ deadLetter, because }, at) =>
    deadLetter === undefined
      ? null
      : written(deadLetter, child(at, 'deadLetter'), because ?? null),
  );
  if (found === null && delivery.value === 'at-most-once')
    return derived(
      false,
      delivery.origin,
      'At most once: it is acknowledged before it is handled, so nothing is left to keep',
    );
  return (
    found ??
    byDefault(
      true,
      draft.settingsAt,
      'A message that failed every attempt is kept, not lost',
    )
  );
}

function processingOf(
  levels: readonly Level[],
  draft: SubscriptionDraft,
): Sourced<number> {
  const found = firstWritten(levels, (raw, at) => {
    const ms =
      raw.processing === undefined ? null : parseDuration(raw.processing);
    return ms === null ? null : written(ms, child(at, 'processing'));
  });
  return (
    found ??
    byDefault(
      10,
      draft.settingsAt,
      'A guess of 10 ms; measure it and write it down',
    )
  );
}

function idempotencyOf(
  levels: readonly Level[],
  draft: SubscriptionDraft,
): Sourced<Idempotency> {
  const found = firstWritten(levels, (raw, at) =>
    raw.idempotency === undefined
      ? null
      : written(raw.idempotency, child(at, 'idempotency'), raw.because ?? null),
  );
  if (found !== null) return found;
  switch (draft.role.kind) {
    case 'projection':
      return derived(
        'inbox',
        draft.origin,
        "The projection's position is committed with the read model",
      );
    case 'saga':
      return derived(
        'inbox',
        draft.origin,
        "The saga's state and the message's id are committed together",
      );
    default:
      return byDefault(
        'none',
        draft.settingsAt,
        'Nothing says how duplicates are handled',
      );
  }
}
