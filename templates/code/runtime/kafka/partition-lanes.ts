// Works on several partitions at once, on each of them in order where that is asked for, and knows which offsets may be committed.
import type { FetchedRecord, KafkaConsumption } from './kafka-client.js';

const maxWaiting = 1000;

/** An offset to commit: the next record to read. */
export interface HandledOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** Partitions of one topic that the group gave to this consumer. */
export interface AssignedPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** A record that was begun; those of one lane stand in the order of their offsets. */
interface Begun {
  readonly record: FetchedRecord;
  isDone: boolean;
}

/** The lanes of one consumer. */
export class PartitionLanes {
  private readonly how: Pick<KafkaConsumption, 'concurrency' | 'isOrdered'>;
  private readonly each: (record: FetchedRecord) => Promise<void>;

  private readonly waiting = new Map<string, FetchedRecord[]>();
  private readonly begun = new Map<string, Begun[]>();
  private readonly taken = new Map<string, bigint>();
  private assigned: ReadonlySet<string> | null = null;
  private busy = 0;
  private readonly failed = new Set<string>();
  private handled = new Map<string, HandledOffset>();
  private count = 0;
  private isStopped = false;
  private wake: (() => void)[] = [];

  constructor(
    how: Pick<KafkaConsumption, 'concurrency' | 'isOrdered'>,
    each: (record: FetchedRecord) => Promise<void>,
  ) {
    this.how = how;
    this.each = each;
  }

  /** Takes a record; resolves when there is room for the next one. */
  async add(record: FetchedRecord): Promise<void> {
    const lane = laneOf(record);
    if (this.isStopped || this.failed.has(lane)) return;
    if (!this.isNew(lane, record)) return;
    this.taken.set(lane, record.offset);
    const waiting = this.waiting.get(lane);
    if (waiting === undefined) this.waiting.set(lane, [record]);
    else waiting.push(record);
    this.count += 1;
    this.pump();
    while (this.count >= maxWaiting && !this.isStopped) await this.change();
  }

  /**
   * Says which partitions are this consumer's from now on. What waits of another belongs to whoever has that partition
   * now, and its offsets are theirs to commit.
   */
  assign(partitions: readonly AssignedPartitions[]): void {
    const assigned = new Set(
      partitions.flatMap(({ topic, partitions: numbers }) =>
        numbers.map((partition) => laneOf({ topic, partition })),
      ),
    );
    this.assigned = assigned;
    for (const lane of [...this.taken.keys()].filter(
      (one) => !assigned.has(one),
    )) {
      this.drop(lane);
      this.taken.delete(lane);
      this.begun.delete(lane);
      this.handled.delete(lane);
    }
    this.notify();
  }

  /** Drops what has not begun: it stays uncommitted and comes again. */
  stop(): void {
    this.isStopped = true;
    this.waiting.clear();
    this.notify();
  }

  /** Resolves when nothing is in hand. */
  async idle(): Promise<void> {
    while (this.busy > 0) await this.change();
  }

  /** Returns what has been handled since the last call. */
  takeHandled(): readonly HandledOffset[] {
    const taken = [...this.handled.values()];
    this.handled = new Map();
    return taken;
  }

  /**
   * A fetch that was under way when the partition moved brings what is another's; and one after a member came or went
   * begins at the committed offset, behind which some has been taken already.
   */
  private isNew(lane: string, { offset }: FetchedRecord): boolean {
    if (this.assigned !== null && !this.assigned.has(lane)) return false;
    const last = this.taken.get(lane);
    return last === undefined || offset > last;
  }

  private drop(lane: string): void {
    this.count -= this.waiting.get(lane)?.length ?? 0;
    this.waiting.delete(lane);
  }

  private pump(): void {
    for (const [lane, records] of this.waiting) {
      while (this.mayBegin(lane)) {
        const record = records.shift();
        if (record === undefined) break;
        this.count -= 1;
        void this.work(lane, record);
      }
    }
  }

  private mayBegin(lane: string): boolean {
    if (this.busy >= this.how.concurrency) return false;
    const inHand = this.begun.get(lane)?.length ?? 0;
    return !this.how.isOrdered || inHand === 0;
  }

  private async work(lane: string, record: FetchedRecord): Promise<void> {
    this.busy += 1;
    const entry: Begun = { record, isDone: false };
    this.begun.set(lane, [...(this.begun.get(lane) ?? []), entry]);
    await this.each(record).then(
      () => {
        entry.isDone = true;
        this.advance(lane);
      },
      () => {
        // Nothing behind a record that was given up may be committed: the lane rests until the consumer restarts.
        this.failed.add(lane);
        this.drop(lane);
      },
    );
    this.busy -= 1;
    this.notify();
    this.pump();
  }

  /** Everything up to the first record that is still in hand may be committed. */
  private advance(lane: string): void {
    const begun = this.begun.get(lane) ?? [];
    const open = begun.findIndex(({ isDone }) => !isDone);
    const done = open < 0 ? begun.length : open;
    const last = begun[done - 1]?.record;
    if (last === undefined) return;
    this.begun.set(lane, begun.slice(done));
    const { topic, partition, offset } = last;
    this.handled.set(lane, { topic, partition, offset: offset + 1n });
  }

  private async change(): Promise<void> {
    await new Promise<void>((resolve) => this.wake.push(resolve));
  }

  private notify(): void {
    const wake = this.wake;
    this.wake = [];
    wake.forEach((resolve) => resolve());
  }
}

function laneOf({
  topic,
  partition,
}: Pick<FetchedRecord, 'topic' | 'partition'>): string {
  return `${topic}/${partition}`;
}
