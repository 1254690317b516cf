// How many partitions a channel needs, and the sentence that says why. Kafka's topics and RabbitMQ's hash partitions use it.
import { largest } from '../core/lists.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Load } from './load.ts';
import type { Channel, ConsumerGroup } from './model.ts';

export interface PartitionPlan {
  readonly value: number;
  /** What the formula gives, also when the author declared a number, and when it is more than a channel is given. */
  readonly computed: number;
  readonly isDeclared: boolean;
  /** Partitions that peak production needs at 10 MB/s each; null without a volume. */
  readonly forProducing: number | null;
  /** Partitions that the slowest group needs at peak: peak rate times handling time, over what it handles at once in one; null without a volume. */
  readonly forConsuming: number | null;
  /** Most consumers of one group that want a partition each: its copies, or its handlers where order is kept. */
  readonly maxConsumers: number;
  /** The formula with its numbers put in, for comments and documents. */
  readonly formula: string;
  readonly origin: Pointer;
}

/** What one consumer group asks of a channel. */
export interface Demand {
  /** Consumers that want a partition each. */
  readonly consumers: number;
  /** Consumers kept busy at peak: messages per second times seconds per message, over what one handles at once. */
  readonly busyConsumers: number;
}

/**
 * Counts the messages of one partition that a group handles at once: one where their order is kept, else as many as one
 * copy has handlers, since a copy hands the messages of a partition to all of them.
 */
export function handledByOne(
  group: Pick<ConsumerGroup, 'ordering' | 'concurrency'>,
): number {
  return group.ordering.value === 'none' ? group.concurrency.value : 1;
}

/** Bytes per second that one partition is counted on to take: the conservative figure in use when nobody measured. */
export const partitionBytesPerSecond = 10_000_000;

/** Room to grow at birth, because adding partitions later moves keys and breaks the order per key. */
export const partitionHeadroom = 1.5;

/** Most partitions that a channel is given, reckoned or declared: the language takes no more, and few clusters as many. */
export const mostPartitions = 10_000;

const roundNumbers = [
  3, 6, 12, 18, 24, 36, 48, 60, 72, 96, 120, 180, 240, 360, 480, 720, 960,
] as const;

/**
 * Sizes one channel: `P = max(ceil(T/p), ceil(T/c), maxConsumers)`, times a headroom of 1.5, rounded up to a number
 * with many divisors so that every consumer gets the same share. T is the peak rate, p 10 MB/s, c what one consumer
 * handles of a partition: one message at a time in order, as many as its concurrency without. Total order leaves one partition; a declared number wins.
 * Source: J. Rao, "How to choose the number of topics/partitions in a Kafka cluster" (Confluent).
 */
export function planPartitions(
  channel: Channel,
  load: Load | null,
  demands: readonly Demand[],
): PartitionPlan {
  const forProducing =
    load === null
      ? null
      : ceil(load.peakBytesPerSecond / partitionBytesPerSecond);
  const forConsuming =
    load === null
      ? null
      : ceil(
          largest(
            demands.map((demand) => demand.busyConsumers),
            0,
          ),
        );
  const maxConsumers = largest(
    demands.map((demand) => demand.consumers),
    1,
  );
  const needed = Math.max(forProducing ?? 0, forConsuming ?? 0, maxConsumers);
  const isTotal = channel.ordering.value === 'total';
  const computed = isTotal ? 1 : roundUp(needed * partitionHeadroom);
  const terms = { forProducing, forConsuming, maxConsumers, computed };
  return {
    ...terms,
    isDeclared: channel.partitions !== null,
    value: channel.partitions?.value ?? Math.min(computed, mostPartitions),
    formula: isTotal ? 'total order holds in one partition only' : tell(terms),
    origin: channel.partitions?.origin ?? channel.origin,
  };
}

function tell(
  terms: Pick<
    PartitionPlan,
    'forProducing' | 'forConsuming' | 'maxConsumers' | 'computed'
  >,
): string {
  const { forProducing, forConsuming, maxConsumers, computed } = terms;
  const needed =
    forProducing === null || forConsuming === null
      ? `most consumers of one group ${maxConsumers} (no volume declared)`
      : `max(produce ${forProducing}, consume ${forConsuming}, most consumers of one group ${maxConsumers})`;
  return `${needed} x headroom ${partitionHeadroom}, rounded up to ${computed}`;
}

// Six decimals drop what binary fractions add, so that 3.0000000000000004 lanes stay three.
function ceil(value: number): number {
  return Math.ceil(Number(value.toFixed(6)));
}

function roundUp(needed: number): number {
  const least = ceil(needed);
  return (
    roundNumbers.find((number) => number >= least) ??
    Math.ceil(least / 120) * 120
  );
}
