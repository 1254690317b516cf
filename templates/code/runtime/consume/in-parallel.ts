// Works on several items at once, and knows up to where all of them are done.

/** Limits how much is in hand at once. */
export class Permits {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  /** Resolves when a permit is taken. */
  async take(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Gives a permit back, to whoever waits longest. */
  give(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}

/** How items are worked on. */
export interface ParallelWork<T extends object> {
  readonly permits: Permits;
  readonly handle: (item: T) => Promise<void>;
  /** Called before each item; rejects to begin no more. */
  readonly before: () => Promise<void>;
  /** Whether nothing more is to be begun. */
  readonly isEnded: () => boolean;
  /** Called with each item, in order, once it and all before it are done. */
  readonly advanced: (item: T) => void;
}

/**
 * Begins items in order, as many at once as there are permits. Resolves to the number of items, counted from the first,
 * that are done; rejects with the first failure. Either way nothing is in hand any more.
 */
export async function inParallel<T extends object>(
  items: readonly T[],
  work: ParallelWork<T>,
): Promise<number> {
  const done = new Set<T>();
  const inHand = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let count = 0;
  const finish = (item: T): void => {
    done.add(item);
    let next = items[count];
    while (next !== undefined && done.has(next)) {
      work.advanced(next);
      count += 1;
      next = items[count];
    }
  };
  const begin = (item: T): void => {
    const one: Promise<void> = work
      .handle(item)
      .then(
        () => {
          finish(item);
        },
        (error: unknown) => {
          failures.push(error);
        },
      )
      .finally(() => {
        inHand.delete(one);
        work.permits.give();
      });
    inHand.add(one);
  };
  try {
    for (const item of items) {
      await work.before();
      await work.permits.take();
      if (failures.length > 0 || work.isEnded()) {
        work.permits.give();
        break;
      }
      begin(item);
    }
  } finally {
    await Promise.all(inHand);
  }
  if (failures.length > 0) throw failures[0];
  return count;
}
