// How much each channel carries and how busy each consumer group is: a model in, figures with their formulas out.
// Pure arithmetic on declared volumes; of the broker it knows what parallel work goes by. What nobody declared stays null
// and is never guessed.
import { largest } from '../core/lists.ts';
import { onceFor } from '../core/once-for.ts';
import { lanesAtOnce, planLanes } from './lanes.ts';
import { addUp } from './load.ts';
import type { Load } from './load.ts';
import { handledByOne, planPartitions } from './partitions.ts';
import type { Demand, PartitionPlan } from './partitions.ts';
import type { ConsumerGroup, Event, Model, Subscription } from './model.ts';

export interface ChannelCapacity {
  readonly channel: string;
  /** Null when no event of the channel declares a volume. */
  readonly load: Load | null;
  readonly partitions: PartitionPlan;
  /** Bytes on disk of one copy at the mean rate over the whole retention; null when unbounded or unknown. */
  readonly storedBytes: number | null;
}

export interface GroupCapacity {
  readonly group: string;
  /**
   * Messages handled at once: instances times concurrency. In partitions never more than one of each where order is kept,
   * and none for a consumer without a partition; in queues one of each hash lane where order is kept.
   */
  readonly lanes: number;
  /** Mean time to handle one message in ms, weighted by the declared rates. */
  readonly handlingMs: number;
  /** Events per second that the group can handle; null when handling takes no time. */
  readonly capacityPerSecond: number | null;
  /** Null when none of its events declares a volume. */
  readonly load: Load | null;
  /** Share of its capacity used at the mean rate and at peak; 1 is saturated. */
  readonly utilisation: number;
  readonly peakUtilisation: number;
  /** Milliseconds to work off the backlog of one hour's outage at the mean rate; null when it never does. */
  readonly catchUpMs: number | null;
}

/** The parts of a model that sizes follow from. */
export type Sizable = Pick<
  Model,
  'broker' | 'events' | 'channels' | 'subscriptions' | 'groups'
>;

export interface Capacity {
  readonly channels: ReadonlyMap<string, ChannelCapacity>;
  readonly groups: ReadonlyMap<string, GroupCapacity>;
}

/** The outage that every consumer has to survive without loss, ms: one hour, for which catch-up is reckoned too. */
export const toleratedOutageMs = 3_600_000;

/**
 * Sizes every channel and group of a model in one pass, once for all who ask.
 * Catch-up after an outage T at rate l with capacity C takes `l*T / (C - l)`; storage is rate x size x retention.
 */
export const planCapacity: (model: Sizable) => Capacity = onceFor(size);

function size(model: Sizable): Capacity {
  const events = new Map(model.events.map((event) => [event.name, event]));
  const subscriptions = new Map(
    model.subscriptions.map((subscription) => [subscription.id, subscription]),
  );
  const handling = new Map(
    model.groups.map((group) => {
      const handled = handledBy(group, subscriptions, events);
      return [group.name, { handled, lanes: busyLanes(handled) }] as const;
    }),
  );
  const groupsOf = groupsByChannel(model);
  const channels = new Map(
    model.channels.map((channel) => {
      const load = addUp(channel.events, events);
      const partitions = planPartitions(
        channel,
        load,
        (groupsOf.get(channel.name) ?? []).map((group) =>
          demandOf(
            group,
            handling.get(group.name)?.lanes.get(channel.name) ?? 0,
          ),
        ),
      );
      const storedBytes = stored(load, channel.retention.value);
      return [
        channel.name,
        { channel: channel.name, load, partitions, storedBytes },
      ];
    }),
  );
  const groups = new Map(
    model.groups.map((group) => {
      const plans = group.channels.flatMap(
        (name) => channels.get(name)?.partitions ?? [],
      );
      const { handled = [], lanes } = handling.get(group.name) ?? {};
      const busy = total([...(lanes?.values() ?? [])]);
      const load = addUp(group.events, events);
      return [
        group.name,
        sizeGroup(group, atOnce(model, group, { plans, busy }), {
          handled,
          load,
        }),
      ];
    }),
  );
  return { channels, groups };
}

function demandOf(group: ConsumerGroup, busyLanes: number): Demand {
  const ofOne = handledByOne(group);
  return {
    consumers: (group.instances.value * group.concurrency.value) / ofOne,
    busyConsumers: busyLanes / ofOne,
  };
}

function atOnce(
  { broker }: Sizable,
  group: ConsumerGroup,
  work: { readonly plans: readonly PartitionPlan[]; readonly busy: number },
): number {
  const { plans, busy } = work;
  if (broker.orderingScope === 'queue') {
    const written = plans.filter(({ isDeclared }) => isDeclared);
    const declared = largest(
      written.map(({ value }) => value),
      0,
    );
    return lanesAtOnce(group, planLanes(group, broker, { busy, declared }));
  }
  const { consumers } = demandOf(group, 0);
  const partitions = total(plans.map(({ value }) => value));
  return Math.max(1, Math.min(consumers, partitions)) * handledByOne(group);
}

const total = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0);

interface Handled {
  readonly channel: string;
  readonly ms: number;
  readonly ratePerSecond: number;
  readonly peakPerSecond: number;
}

function handledBy(
  group: ConsumerGroup,
  subscriptions: ReadonlyMap<string, Subscription>,
  events: ReadonlyMap<string, Event>,
): readonly Handled[] {
  return group.subscriptions.flatMap((id) => {
    const subscription = subscriptions.get(id);
    return (subscription?.events ?? []).map((name) => {
      const event = events.get(name);
      return {
        channel: event?.channel ?? '',
        ms: subscription?.processingMs.value ?? 0,
        ratePerSecond: event?.volume?.value.ratePerSecond ?? 0,
        peakPerSecond: event?.volume?.value.peakPerSecond ?? 0,
      };
    });
  });
}

// T/c with T and c both counted in messages: each message keeps one lane busy for its handling time.
function busyLanes(handled: readonly Handled[]): ReadonlyMap<string, number> {
  const lanes = new Map<string, number>();
  for (const { channel, peakPerSecond, ms } of handled)
    lanes.set(channel, (lanes.get(channel) ?? 0) + (peakPerSecond * ms) / 1000);
  return lanes;
}

function groupsByChannel(
  model: Sizable,
): ReadonlyMap<string, readonly ConsumerGroup[]> {
  const groups = new Map<string, ConsumerGroup[]>();
  for (const group of model.groups) {
    for (const channel of group.channels) {
      const known = groups.get(channel);
      if (known === undefined) groups.set(channel, [group]);
      else known.push(group);
    }
  }
  return groups;
}

function stored(
  load: Load | null,
  retention: number | 'forever',
): number | null {
  if (load === null || retention === 'forever') return null;
  return (load.bytesPerSecond * retention) / 1000;
}

function sizeGroup(
  group: ConsumerGroup,
  lanes: number,
  work: { readonly handled: readonly Handled[]; readonly load: Load | null },
): GroupCapacity {
  const handlingMs = meanHandlingMs(work.handled);
  const capacityPerSecond =
    handlingMs === 0 ? null : (lanes * 1000) / handlingMs;
  const share = (rate: number): number =>
    capacityPerSecond === null ? 0 : rate / capacityPerSecond;
  const rate = work.load?.ratePerSecond ?? 0;
  return {
    group: group.name,
    lanes,
    handlingMs,
    capacityPerSecond,
    load: work.load,
    utilisation: share(rate),
    peakUtilisation: share(work.load?.peakPerSecond ?? 0),
    catchUpMs: catchUp(rate, capacityPerSecond),
  };
}

// Weighted by rate where rates are known; a plain mean otherwise.
function meanHandlingMs(handled: readonly Handled[]): number {
  const total = handled.reduce((sum, entry) => sum + entry.ratePerSecond, 0);
  const weight = (entry: Handled): number =>
    total === 0 ? 1 / handled.length : entry.ratePerSecond / total;
  return handled.reduce((sum, entry) => sum + entry.ms * weight(entry), 0);
}

function catchUp(
  ratePerSecond: number,
  capacityPerSecond: number | null,
): number | null {
  if (capacityPerSecond === null) return 0;
  if (ratePerSecond >= capacityPerSecond) return null;
  return (
    (ratePerSecond * toleratedOutageMs) / (capacityPerSecond - ratePerSecond)
  );
}
