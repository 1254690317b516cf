// One of the two that are compared: the generated code, or the bare client library.

/** What a message says. */
export interface OrderData {
  readonly orderId: string;
  readonly userId: string;
  readonly items: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly price: number;
  }[];
  readonly total: number;
}

/** What a piece of work took. */
export interface Spent {
  readonly wallMs: number;
  /** Time of the processor in this process. */
  readonly cpuMs: number;
}

/** Starts to count what work takes; the function that is returned tells it. */
export function meter(): () => Spent {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      wallMs: performance.now() - startedAt,
      cpuMs: (user + system) / 1000,
    };
  };
}

/**
 * What becomes of a message: its `effect` is written to PostgreSQL, once however often the message comes; or it is
 * `read` and nothing more, which is what the transport alone costs.
 */
export type Consumption = 'effect' | 'read';

/** Publishes and consumes. */
export interface Side {
  /** Publishes every message with the broker's confirmation; resolves when the last has it. */
  readonly publish: (messages: readonly OrderData[]) => Promise<void>;
  /** Consumes so many messages, each settled after it was handled; resolves to what it took from the first to the last. */
  readonly consume: (count: number, what: Consumption) => Promise<Spent>;
  readonly close: () => Promise<void>;
}

/** Messages that wait for their confirmation at once, at most. */
export const inFlight = 100;
/** Messages handled at once, as the spec says. */
export const handledAtOnce = 50;

/** Counts what is handled and tells what it took from the first to the last. */
export function stopwatch(count: number): {
  readonly handled: () => void;
  readonly done: Promise<Spent>;
} {
  let left = count;
  let spent: () => Spent = meter();
  let finish: (spent: Spent) => void = () => undefined;
  const done = new Promise<Spent>((resolve) => {
    finish = resolve;
  });
  return {
    handled: () => {
      if (left === count) spent = meter();
      left -= 1;
      if (left === 0) finish(spent());
    },
    done,
  };
}

/** Does the work for each item, `inFlight` at once. */
export async function concurrently<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const item = items[next];
      next += 1;
      if (item === undefined) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

/** Lets no more than `handledAtOnce` pieces of work run at once, wherever they come from. */
export function atOnce(): (work: () => Promise<void>) => Promise<void> {
  let free = handledAtOnce;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
