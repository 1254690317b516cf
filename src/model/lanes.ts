// Into how many queues a group's work is split where order lies in queues, each with one active consumer and a share of the keys.
import { own } from '../core/json.ts';
import { busyShare } from './load.ts';
import type { BrokerChoice, ConsumerGroup } from './model.ts';

/**
 * Most lanes that one group is given, whatever its size asks for; the most of the option `hashPartitions` too. Each lane is
 * a replicated queue, a Raft cluster of its own with a process, memory and a log on every node that keeps a copy, and each
 * takes part in the elections after a node was away: a cluster carries thousands of them, for all of its designs together.
 */
export const mostLanes = 256;

export interface LanePlan {
  /** Number of hash lanes, at most `mostLanes`; null for one queue. */
  readonly lanes: number | null;
  /** Lanes that the group's size asks for, which may be more than it is given. */
  readonly asked: number;
  /** Messages that the declared consumers handle at once: instances times concurrency. */
  readonly atOnce: number;
  /** Partitions declared for its channels, which go before what is reckoned; 0 for none. */
  readonly declared: number;
}

/**
 * Sizes the lanes of a group with order per key: `max(instances x concurrency, ceil(busy / 0.7))`, or what the author
 * declared as partitions of its channels or as `hashPartitions`. Any other order needs no lanes.
 *
 * @param work `busy`: consumers kept busy at peak, that is peak rate times handling time (Little's law); `declared`:
 * partitions of its channels, 0 for none
 */
export function planLanes(
  group: ConsumerGroup,
  broker: Pick<BrokerChoice, 'options'>,
  work: { readonly busy: number; readonly declared: number },
): LanePlan {
  const atOnce = group.instances.value * group.concurrency.value;
  const { declared } = work;
  const wanted = Math.max(atOnce, Math.ceil(work.busy / busyShare));
  if (group.ordering.value !== 'per-key' || wanted <= 1)
    return { lanes: null, asked: 1, atOnce, declared };
  const fixed = own(broker.options, 'hashPartitions');
  const reckoned = declared === 0 ? wanted : Math.max(declared, atOnce);
  const asked = Math.max(1, typeof fixed === 'number' ? fixed : reckoned);
  return { lanes: Math.min(asked, mostLanes), asked, atOnce, declared };
}

/** Counts the messages that a group handles at once where order lies in queues: every lane, or all consumers of an unordered queue. */
export function lanesAtOnce(
  group: ConsumerGroup,
  { lanes, atOnce }: LanePlan,
): number {
  return group.ordering.value === 'none' ? atOnce : (lanes ?? 1);
}
