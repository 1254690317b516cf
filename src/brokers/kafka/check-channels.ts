// Checks of channels and groups against how Kafka keeps and shares out messages.
import { largest } from '../../core/lists.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { formatDuration } from '../../core/units.ts';
import { planCapacity } from '../../model/capacity.ts';
import { handledByOne, mostPartitions } from '../../model/partitions.ts';
import type { PartitionPlan } from '../../model/partitions.ts';
import { failureHandling } from '../../model/failure-handling.ts';
import { retryDelays } from '../../model/retry-delays.ts';
import type { Channel, ConsumerGroup, Model } from '../../model/model.ts';
import { kafkaDiagnostics } from './catalogue.ts';
import type { KafkaDesign } from './design.ts';
import { indexModel, subscriptionsOn } from './model-index.ts';
import type { ModelIndex } from './model-index.ts';

/**
 * Checks partitions, compaction, idle consumers and retry ladders.
 * Reports: `broker/kafka-too-many-partitions`, `broker/kafka-compaction-without-key`, `broker/kafka-compacted-store`, `broker/kafka-idle-consumers`, `broker/kafka-mixed-retry-delays`.
 */
export function checkChannels(
  model: Model,
  design: KafkaDesign,
): readonly Diagnostic[] {
  const index = indexModel(model);
  const partitions = new Map(
    design.topics.map((topic) => [topic.name, topic.partitions]),
  );
  const { channels } = planCapacity(model);
  return model.channels.flatMap((channel) => [
    ...checkCount(channel, channels.get(channel.name)?.partitions),
    ...checkCompaction(index, channel),
    ...(index.groupsByChannel.get(channel.name) ?? []).flatMap((group) => [
      ...checkIdle(group, channel, partitions.get(channel.name) ?? 1),
      ...checkLadder(index, group, channel),
    ]),
  ]);
}

function checkCount(
  channel: Channel,
  plan: PartitionPlan | undefined,
): readonly Diagnostic[] {
  if (plan === undefined || plan.isDeclared || plan.computed <= mostPartitions)
    return [];
  const { computed, formula, origin } = plan;
  return [
    kafkaDiagnostics.make(
      'kafka-too-many-partitions',
      { pointer: origin },
      {
        channel: channel.name,
        partitions: computed,
        most: mostPartitions,
        formula,
      },
    ),
  ];
}

function checkCompaction(
  index: ModelIndex,
  channel: Channel,
): readonly Diagnostic[] {
  if (!channel.isCompacted.value) return [];
  const place = { pointer: channel.isCompacted.origin };
  const events = channel.events.flatMap((name) => index.events.get(name) ?? []);
  const stored = events.find((event) =>
    index.storedAggregates.has(event.aggregate ?? ''),
  );
  return [
    ...(stored === undefined
      ? []
      : [
          kafkaDiagnostics.make('kafka-compacted-store', place, {
            channel: channel.name,
            aggregate: stored.aggregate ?? '',
          }),
        ]),
    ...events
      .filter((event) => event.key === null)
      .map((event) =>
        kafkaDiagnostics.make('kafka-compaction-without-key', place, {
          channel: channel.name,
          event: event.name,
        }),
      ),
  ];
}

function checkIdle(
  group: ConsumerGroup,
  channel: Channel,
  partitions: number,
): readonly Diagnostic[] {
  const consumers =
    (group.instances.value * group.concurrency.value) / handledByOne(group);
  // Total order needs one partition; whoever runs standbys there means it.
  if (consumers <= partitions || channel.ordering.value === 'total') return [];
  return [
    kafkaDiagnostics.make(
      'kafka-idle-consumers',
      { pointer: channel.partitions?.origin ?? channel.origin },
      { group: group.name, consumers, partitions, channel: channel.name },
    ),
  ];
}

function checkLadder(
  index: ModelIndex,
  group: ConsumerGroup,
  channel: Channel,
): readonly Diagnostic[] {
  const aside = subscriptionsOn(index, group, channel).filter(
    (one) => failureHandling(one).retry.mode === 'non-blocking',
  );
  const ladders = aside.map((one) => retryDelays(one.retry.value));
  const longest = ladders.reduce(
    (most, ladder) => (ladder.length > most.length ? ladder : most),
    [],
  );
  // A shorter ladder with the same steps is no conflict: it only ends sooner.
  const odd = ladders.findIndex((ladder) =>
    ladder.some((delay, step) => delay !== longest[step]),
  );
  const subscription = aside[odd];
  if (subscription === undefined) return [];
  return [
    kafkaDiagnostics.make(
      'kafka-mixed-retry-delays',
      { pointer: subscription.retry.origin },
      {
        group: group.name,
        delay: formatDuration(largest(ladders.flat())),
      },
    ),
  ];
}
