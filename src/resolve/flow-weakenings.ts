// What weakens one hop below its declared guarantee, given the configuration that this tool generates for it.
// Knows no broker by name: what brokers differ in comes as capabilities.
import { toleratedOutageMs } from '../model/capacity.ts';
import { failureHandling } from '../model/failure-handling.ts';
import type { Weakening } from '../model/model.ts';
import type { Delivery, Ordering } from '../model/settings.ts';
import { hasTwoWrites, isGuarded, keepsFailed, type Hop } from './hop.ts';

/** Lists what weakens a hop, from publisher to consumer, on each axis on which something is declared. */
export function weakeningsOf(
  hop: Hop,
  declared: { readonly delivery: Delivery; readonly ordering: Ordering },
): readonly Weakening[] {
  const { delivery, ordering } = declared;
  return [
    ...(delivery === 'at-most-once' ? [] : losses(hop)),
    ...(delivery === 'at-least-once' ? [] : doublings(hop, delivery)),
    ...(ordering === 'none' ? [] : disorders(hop, ordering)),
  ];
}

function losses(hop: Hop): readonly Weakening[] {
  return [
    ...weakened(hasTwoWrites(hop), {
      axis: 'loss',
      link: 'publisher',
      cause: 'dual-write',
      to: null,
      origin: hop.publication?.hasOutbox.origin ?? hop.event.origin,
    }),
    ...shortRetention(hop),
    ...weakened(!keepsFailed(hop), {
      axis: 'loss',
      link: 'consumer',
      cause: 'no-dead-letter',
      to: null,
      origin: hop.subscription?.hasDeadLetter.origin ?? hop.event.origin,
    }),
  ];
}

/** A log forgets by age, whether a message was read or not. */
function shortRetention(hop: Hop): readonly Weakening[] {
  const { channel, subscription, capabilities } = hop;
  if (channel === null || subscription === null || hop.isStore) return [];
  const { value, origin } = channel.retention;
  if (capabilities.keepsExpired || channel.isCompacted.value) return [];
  return weakened(value !== 'forever' && value < toleratedOutageMs, {
    axis: 'loss',
    link: 'channel',
    cause: 'short-retention',
    to: null,
    origin,
  });
}

/** What lets a message have its effect twice, where the declared delivery excludes that. */
function doublings(hop: Hop, declared: Delivery): readonly Weakening[] {
  // A guard at the consumer skips what comes twice, whatever repeats it.
  if (isGuarded(hop)) return [];
  return declared === 'exactly-once' ? inexact(hop) : relayed(hop);
}

/** A relay that crashes before it notes the confirmation publishes once more. */
const relayed = ({ publication }: Hop): readonly Weakening[] =>
  publication === null
    ? []
    : weakened(publication.hasOutbox.value, {
        axis: 'doubling',
        link: 'publisher',
        cause: 'relay-repeats',
        to: null,
        origin: publication.hasOutbox.origin,
      });

function inexact(hop: Hop): readonly Weakening[] {
  const { subscription, event, capabilities } = hop;
  return [
    ...weakened(!capabilities.hasTransactions, {
      axis: 'doubling',
      link: 'channel',
      cause: 'no-transactions',
      to: null,
      origin: event.delivery.origin,
    }),
    // The generated code opens no transaction: after a crash it publishes once more what follows from a message.
    ...weakened(isUntransacted(hop), {
      axis: 'doubling',
      link: 'consumer',
      cause: 'untransacted',
      to: null,
      origin: subscription?.delivery.origin ?? event.delivery.origin,
    }),
    ...weakened(hop.isEffectOutside, {
      axis: 'doubling',
      link: 'consumer',
      cause: 'not-idempotent',
      to: null,
      origin: subscription?.idempotency.origin ?? event.origin,
    }),
  ];
}

const isUntransacted = ({
  subscription,
  capabilities,
  isEffectOutside,
  isForeign,
}: Hop): boolean =>
  subscription !== null &&
  capabilities.hasTransactions &&
  !isEffectOutside &&
  !isForeign;

// Several consumers at once weaken nothing: a partition has one consumer in a group and is handled in order, and an
// ordered queue has a single active consumer with a prefetch of one.
function disorders(hop: Hop, declared: Ordering): readonly Weakening[] {
  const isSingle = declared === 'per-key' && hop.event.isOncePerKey.value;
  return [
    ...weakened(hasTwoWrites(hop) && !isSingle, {
      axis: 'order',
      link: 'publisher',
      cause: 'dual-write',
      to: 'none',
      origin: hop.publication?.hasOutbox.origin ?? hop.event.origin,
    }),
    ...partitioning(hop, declared),
    ...weakened(hop.splitAt !== null, {
      axis: 'order',
      link: 'channel',
      cause: 'several-channels',
      to: declared === 'total' ? 'total-within-channel' : 'within-channel',
      origin: hop.splitAt ?? hop.event.origin,
    }),
    ...overtaking(hop),
  ];
}

/** Order holds in one partition. One queue keeps it for all keys, and lanes that hash by key keep it for each. */
function partitioning(hop: Hop, declared: Ordering): readonly Weakening[] {
  const { event, channel, capabilities } = hop;
  if (capabilities.orderingScope === 'queue' || hop.partitions <= 1) return [];
  if (event.key === null)
    return weakened(true, {
      axis: 'order',
      link: 'publisher',
      cause: 'no-key',
      to: 'none',
      origin: event.origin,
    });
  return weakened(declared === 'total', {
    axis: 'order',
    link: 'channel',
    cause: 'several-partitions',
    to: 'per-key',
    origin: channel?.partitions?.origin ?? channel?.origin ?? event.origin,
  });
}

function overtaking(hop: Hop): readonly Weakening[] {
  const { subscription } = hop;
  if (subscription === null) return [];
  const { mode, attempts } = failureHandling(subscription).retry;
  const isSetAside = mode === 'non-blocking' && attempts > 1;
  return weakened(isSetAside && !hop.isAloneInGroup, {
    axis: 'order',
    link: 'consumer',
    cause: 'non-blocking-retry',
    to: 'none',
    origin: subscription.retry.origin,
  });
}

const weakened = (isSo: boolean, weakening: Weakening): readonly Weakening[] =>
  isSo ? [weakening] : [];
