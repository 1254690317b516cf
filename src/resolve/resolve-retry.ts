// How a failed message is tried again.
import { child, type Pointer } from '../core/pointer.ts';
import { formatDuration, parseDuration } from '../core/units.ts';
import type { Delivery, Ordering, Retry, Sourced } from '../model/settings.ts';
import type { RawRetry, RawSubscription } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { Scope } from './scope.ts';
import { byDefault, derived, written } from './sourced.ts';
import type { SubscriptionDraft } from './subscription-draft.ts';

/** Where a setting is looked for, nearest first. */
export interface Level {
  readonly raw: RawSubscription;
  readonly at: Pointer;
}

const blockingWhy =
  'Blocking, so that later messages of the same key do not overtake';
const onceWhy =
  'At most once: it is acknowledged before it is handled, so nothing is left to try again';
const nonBlockingWhy =
  'Non-blocking: order does not matter here, so others need not wait';

/** Resolves how a failed message is tried again, field by field from the nearest level that says it. Reports: retry-bounds. */
export function resolveRetry(
  scope: Scope,
  draft: SubscriptionDraft,
  from: {
    readonly levels: readonly Level[];
    readonly ordering: Sourced<Ordering>;
    readonly delivery: Sourced<Delivery>;
  },
): Sourced<Retry> {
  const layers: readonly Layer[] = from.levels.flatMap(({ raw, at }) =>
    raw.retry === undefined ? [] : [{ raw: raw.retry, at: child(at, 'retry') }],
  );
  checkBounds(scope, draft, layers);
  const isBestEffort = from.delivery.value === 'at-most-once';
  const isOrdered = from.ordering.value !== 'none';
  const retry: Retry = {
    ...triesOf(layers, isBestEffort ? 1 : 5),
    mode: pick(layers, 'mode') ?? (isOrdered ? 'blocking' : 'non-blocking'),
  };
  const because = pick(layers, 'because') ?? null;
  const [nearest] = layers;
  if (nearest !== undefined) return written(retry, nearest.at, because);
  return isBestEffort
    ? derived(retry, from.delivery.origin, onceWhy)
    : byDefault(
        retry,
        draft.settingsAt,
        isOrdered ? blockingWhy : nonBlockingWhy,
      );
}

/** A retry as one level writes it, and where. */
interface Layer {
  readonly raw: RawRetry;
  readonly at: Pointer;
}

function triesOf(
  layers: readonly Layer[],
  attempts: number,
): Omit<Retry, 'mode'> {
  const { firstMs, maxMs } = boundsOf(layers);
  return {
    attempts: pick(layers, 'attempts') ?? attempts,
    backoff: pick(layers, 'backoff') ?? 'exponential',
    firstMs,
    // A default gives way to what is written.
    maxMs: pick(layers, 'max') === undefined ? Math.max(firstMs, maxMs) : maxMs,
  };
}

const boundsOf = (
  layers: readonly Layer[],
): { readonly firstMs: number; readonly maxMs: number } => ({
  firstMs: Math.ceil(parseDuration(pick(layers, 'first') ?? '1s') ?? 1000),
  maxMs: Math.ceil(parseDuration(pick(layers, 'max') ?? '1m') ?? 60_000),
});

function checkBounds(
  scope: Scope,
  draft: SubscriptionDraft,
  layers: readonly Layer[],
): void {
  const [nearest] = layers;
  if (nearest === undefined || pick(layers, 'max') === undefined) return;
  const { firstMs, maxMs } = boundsOf(layers);
  if (firstMs <= maxMs) return;
  const isOwn = nearest.raw === draft.settings.retry;
  const consumer = `consumer "${draft.service}"`;
  scope.reportOnce(
    `retry at ${nearest.at}`,
    resolveDiagnostics.make(
      'retry-bounds',
      { pointer: nearest.at },
      {
        where: isOwn ? `"${draft.pattern}" of ${consumer}` : consumer,
        first: formatDuration(firstMs),
        max: formatDuration(maxMs),
      },
    ),
  );
}

function pick<K extends keyof RawRetry>(
  layers: readonly { readonly raw: RawRetry }[],
  key: K,
): RawRetry[K] | undefined {
  return layers.find(({ raw }) => raw[key] !== undefined)?.raw[key];
}
