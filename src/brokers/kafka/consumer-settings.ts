// Guarantees to the properties of a consumer, in the names of Kafka's own configuration reference.
import { largest } from '../../core/lists.ts';
import { failureHandling } from '../../model/failure-handling.ts';
import { retryDelays } from '../../model/retry-delays.ts';
import type { ConsumerGroup, Subscription } from '../../model/model.ts';
import type { ClientSettings, Setting, Why } from './design.ts';
import type { ModelIndex } from './model-index.ts';
import { principalName } from './names.ts';
import type { KafkaOptions } from './options.ts';
import { setting } from './setting.ts';

/** Kafka's own `max.poll.interval.ms` and `max.poll.records`. */
const defaultPollIntervalMs = 300_000;
const defaultPollRecords = 500;
/** One poll's work should take no longer than this, so that a rebalance is not held up. */
const batchMs = 30_000;

/** Gives a group's consumers their settings; `readers` are the channels that transactions write to. */
export function consumerSettings(
  group: ConsumerGroup,
  given: {
    readonly readers: ReadonlyMap<string, Why>;
    readonly index: ModelIndex;
    readonly options: KafkaOptions;
  },
): ClientSettings {
  const isLossy = group.delivery.value === 'at-most-once';
  return {
    service: group.service,
    principal: principalName(group.service),
    role: 'consumer',
    group: group.name,
    settings: [
      setting(
        ['client.id', group.service],
        group.origin,
        'names it in quotas, logs and metrics',
      ),
      setting(
        ['group.id', group.name],
        group.origin,
        'renaming it starts again from auto.offset.reset',
      ),
      setting(
        ['enable.auto.commit', 'false'],
        group.delivery.origin,
        isLossy
          ? 'at-most-once: commit before handling'
          : `${group.delivery.value}: commit after handling`,
      ),
      setting(
        ['auto.offset.reset', 'earliest'],
        group.delivery.origin,
        'a new group misses nothing that is still kept',
      ),
      isolation(group, given.readers),
      ...polling(group, given.index),
      ...(given.options.groupProtocol === 'consumer'
        ? [
            setting(
              ['group.protocol', 'consumer'],
              '/broker/options/groupProtocol',
              'KIP-848: the broker assigns partitions',
            ),
          ]
        : []),
    ],
  };
}

function isolation(
  group: ConsumerGroup,
  readers: ReadonlyMap<string, Why>,
): Setting {
  const committed = group.channels
    .map((channel) => readers.get(channel))
    .find((why) => why !== undefined);
  if (committed === undefined) {
    return setting(
      ['isolation.level', 'read_uncommitted'],
      group.delivery.origin,
      'no publisher of its topics uses transactions',
    );
  }
  return setting(
    ['isolation.level', 'read_committed'],
    committed.origin,
    'a publisher of its topics may be written by hand with transactions: aborted ones stay invisible',
  );
}

function polling(group: ConsumerGroup, index: ModelIndex): readonly Setting[] {
  const subscriptions = group.subscriptions.flatMap(
    (id) => index.subscriptions.get(id) ?? [],
  );
  const slowest = largest(
    subscriptions.map((one) => one.processingMs.value),
    1,
  );
  const origin =
    subscriptions.find((one) => one.processingMs.value === slowest)
      ?.processingMs.origin ?? group.origin;
  const records = Math.min(
    defaultPollRecords,
    Math.max(1, Math.floor(batchMs / slowest)),
  );
  const waitMs = largest(subscriptions.map(blockedMs), 0);
  const intervalMs = Math.max(
    defaultPollIntervalMs,
    2 * (records * slowest + waitMs),
  );
  return [
    setting(
      ['max.poll.records', String(records)],
      origin,
      `one batch takes at most ${batchMs / 1000}s at ${slowest}ms a message`,
    ),
    setting(
      ['max.poll.interval.ms', String(intervalMs)],
      origin,
      'twice the longest batch with every blocking retry, at least 5m',
    ),
  ];
}

function blockedMs(subscription: Subscription): number {
  const { retry } = failureHandling(subscription);
  if (retry.mode !== 'blocking') return 0;
  return retryDelays(retry).reduce((sum, delay) => sum + delay, 0);
}
