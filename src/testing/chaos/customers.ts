// The customers of the run: they place orders, change their minds, and repeat what got no answer.
import { sleep } from '../brokers/wait-until.ts';
import type { PlannedOrder } from './planned-orders.ts';
import type { Random } from './random.ts';

/** How orders are placed. */
export interface CustomerSetup {
  readonly orders: readonly PlannedOrder[];
  /** Addresses of the order service's copies; some may be down. */
  readonly urls: readonly string[];
  readonly random: Random;
  /** Orders whose saga has ended so far. */
  readonly ended: () => number;
  /** So many of the orders may be placed by now. */
  readonly released: () => number;
  /** True when the run is given up. */
  readonly isOver: () => boolean;
}

/** What the customers were told. */
export interface CustomerReport {
  /** Orders whose creation was answered, or found done when it was repeated. */
  readonly acknowledged: readonly string[];
  readonly repeated: number;
}

const workers = 8;
/** So many orders are under way at most: faults then meet orders in every state. */
const window = 400;
const maxWaitMs = 90_000;
const repeatAfterMs = 150;
const callTimeoutMs = 20_000;

/** Places the orders, in their sequence; resolves when each has been answered. */
export async function placeOrders(
  setup: CustomerSetup,
): Promise<CustomerReport> {
  const acknowledged: string[] = [];
  let repeated = 0;
  let next = 0;
  const insist = async (id: string, command: string, input: object) => {
    while (!setup.isOver()) {
      const url = setup.random.pick(setup.urls);
      const status = await call(`${url}/order/${id}/${command}`, input);
      // 409: it has been done before, at an attempt whose answer got lost, or may no longer be done.
      if (status === 200 || status === 409) return;
      repeated += 1;
      await sleep(repeatAfterMs);
    }
  };
  const work = async (): Promise<void> => {
    for (;;) {
      const at = next;
      next += 1;
      const order = setup.orders[at];
      if (order === undefined) return;
      await roomFor(at, setup);
      if (setup.isOver()) return;
      await insist(order.id, 'create', order.input);
      acknowledged.push(order.id);
      if (order.fate === 'cancelled')
        await insist(order.id, 'cancel', { reason: 'customer' });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { acknowledged, repeated };
}

async function roomFor(at: number, setup: CustomerSetup): Promise<void> {
  const deadline = performance.now() + maxWaitMs;
  while (
    (at >= setup.released() || at - setup.ended() > window) &&
    performance.now() < deadline &&
    !setup.isOver()
  )
    await sleep(50);
}

/** Ships orders as the warehouse would: as soon as they are paid. Returns the function that ends it. */
export function shipPaidOrders(setup: {
  readonly orders: readonly PlannedOrder[];
  readonly urls: readonly string[];
  readonly random: Random;
  readonly paid: () => Promise<readonly string[]>;
}): { readonly isDone: () => boolean; readonly stop: () => Promise<void> } {
  const waiting = new Set(
    setup.orders.filter(({ fate }) => fate === 'shipped').map(({ id }) => id),
  );
  const end = new AbortController();
  const run = async (): Promise<void> => {
    while (!end.signal.aborted && waiting.size > 0) {
      const paid = await setup.paid().catch(() => []);
      for (const id of paid.filter((one) => waiting.has(one))) {
        const url = setup.random.pick(setup.urls);
        const input = { trackingNumber: `T-${id}` };
        const status = await call(`${url}/order/${id}/ship`, input);
        if (status === 200 || status === 409) waiting.delete(id);
      }
      await sleep(200);
    }
  };
  const running = run();
  return {
    isDone: () => waiting.size === 0,
    stop: async () => {
      end.abort();
      await running;
    },
  };
}

/** Posts a command; answers the status, or null when there was no answer. */
async function call(url: string, input: object): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(callTimeoutMs),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
