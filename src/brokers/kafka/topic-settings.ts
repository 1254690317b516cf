// The settings of one topic by what it carries: how long messages stay, whether only the last of a key stays.
// Sources: Kafka topic configuration reference; KIP-1030 (lower bounds since 4.0).
import { formatDuration } from '../../core/units.ts';
import type { Pointer } from '../../core/pointer.ts';
import type { Channel, Event, Model } from '../../model/model.ts';
import type { Retention } from '../../model/settings.ts';
import type { Setting, Why } from './design.ts';
import type { ModelIndex } from './model-index.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long dead letters wait for a person: two weeks, so that a holiday loses nothing. */
export const deadLetterMs: number = 14 * day;

/** Kafka's own `segment.ms`. */
const defaultSegmentMs = 7 * day;
const segmentLadder = [
  minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  6 * hour,
  12 * hour,
  day,
] as const;

/** Kafka's own `max.message.bytes`, which a mean size above a quarter of it would sooner or later exceed. */
const defaultMaxMessageBytes = 1_048_588;

/** Gives the settings of a channel's own topic. */
export function channelSettings(
  model: Model,
  index: ModelIndex,
  channel: Channel,
): readonly Setting[] {
  const events = channel.events.flatMap((name) => index.events.get(name) ?? []);
  const stored = events.find(
    (event) =>
      event.aggregate !== null && index.storedAggregates.has(event.aggregate),
  );
  const kept =
    stored === undefined
      ? retentionSettings(channel)
      : storeSettings(model, stored);
  return [...kept, ...sizeSettings(events), durability(channel.delivery)];
}

/** Gives the settings of a retry, dead-letter, request or reply topic: deleted after `retentionMs`. */
export function helperSettings(
  retentionMs: number,
  retentionWhy: Why,
  durableFor: { readonly origin: Pointer },
): readonly Setting[] {
  return [...deletion(retentionMs, retentionWhy), durability(durableFor)];
}

function retentionSettings(channel: Channel): readonly Setting[] {
  const retention = channel.retention;
  const why: Why = {
    origin: retention.origin,
    because: retention.because ?? 'chosen in the spec',
  };
  if (!channel.isCompacted.value) return deletion(retention.value, why);
  return compaction(channel, why);
}

function deletion(retention: Retention, why: Why): readonly Setting[] {
  if (retention === 'forever') {
    return [
      setting('cleanup.policy', 'delete', why),
      setting('retention.ms', '-1', why),
      setting('retention.bytes', '-1', why),
    ];
  }
  const segmentMs =
    segmentLadder.findLast((step) => step <= retention / 7) ?? minute;
  const isDefault = retention / 7 >= defaultSegmentMs;
  return [
    setting('cleanup.policy', 'delete', why),
    setting('retention.ms', String(retention), {
      origin: why.origin,
      because: `${formatDuration(retention)}: ${why.because}`,
    }),
    ...(isDefault
      ? []
      : [
          setting('segment.ms', String(segmentMs), {
            origin: why.origin,
            because: `only closed segments are deleted, so messages go at most ${formatDuration(segmentMs)} late`,
          }),
        ]),
  ];
}

function compaction(channel: Channel, why: Why): readonly Setting[] {
  const retention = channel.retention;
  const compacted: Why = {
    origin: channel.isCompacted.origin,
    because: channel.isCompacted.because ?? 'the last message of a key is kept',
  };
  // A retention written on the channel itself bounds it; the system-wide default is about logs, not about state.
  const isBounded =
    retention.value !== 'forever' &&
    retention.from === 'spec' &&
    retention.origin.startsWith(`${channel.origin}/`);
  return [
    setting(
      'cleanup.policy',
      isBounded ? 'compact,delete' : 'compact',
      compacted,
    ),
    ...(isBounded
      ? [setting('retention.ms', String(retention.value), why)]
      : []),
    setting('min.compaction.lag.ms', String(hour), {
      ...compacted,
      because: 'a consumer up to 1h behind still sees every message',
    }),
    setting('delete.retention.ms', String(7 * day), {
      ...compacted,
      because: 'a reader that rebuilds within 7d still sees deletions',
    }),
  ];
}

function storeSettings(model: Model, event: Event): readonly Setting[] {
  const why: Why = {
    origin: model.eventStore.origin,
    because: `the truth about aggregate ${event.aggregate ?? ''}: compaction or deletion would destroy its history`,
  };
  return deletion('forever', why);
}

function sizeSettings(events: readonly Event[]): readonly Setting[] {
  const largest = events
    .flatMap((event) => (event.volume === null ? [] : [event.volume]))
    .reduce<{ bytes: number; origin: Pointer } | null>(
      (most, volume) =>
        most !== null && most.bytes >= volume.value.bytes
          ? most
          : { bytes: volume.value.bytes, origin: volume.origin },
      null,
    );
  if (largest === null || largest.bytes * 4 <= defaultMaxMessageBytes)
    return [];
  return [
    setting('max.message.bytes', String(largest.bytes * 4), {
      origin: largest.origin,
      because: 'four times the declared mean size',
    }),
  ];
}

function durability(delivery: { readonly origin: Pointer }): Setting {
  return setting('unclean.leader.election.enable', 'false', {
    origin: delivery.origin,
    because:
      'a replica that lags never becomes leader and cuts off confirmed messages',
  });
}

function setting(
  key: string,
  value: string,
  { origin, because }: Why,
): Setting {
  return { key, value, origin, because };
}
