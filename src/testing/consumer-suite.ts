// What generated consumers do on a running broker: attempts and delays as declared, order, dead letters, when they settle.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  Delivered,
  GeneratedBroker,
  GeneratedConsumers,
  Handler,
} from './generated-consumers.ts';

/** A dead letter as the broker keeps it. */
export interface DeadLetter {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One broker with the design of `fixtures/apply/attempts.yaml` on it. */
export interface ConsumersUnderTest {
  readonly load: () => Promise<GeneratedConsumers>;
  /** Connects as a service, with its own login. */
  readonly connect: (
    generated: GeneratedConsumers,
    service: string,
  ) => Promise<GeneratedBroker>;
  /** Takes the dead letters that a group has set aside since the last call; waits until there are `count`. */
  readonly takeDeadLetters: (
    group: string,
    count: number,
  ) => Promise<readonly DeadLetter[]>;
  /** Tells whether the broker has nothing more to deliver to a group. */
  readonly isSettled: (group: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

interface Call extends Delivered {
  readonly atMs: number;
}

const patience = { timeout: 90_000, interval: 50 };
/** How late a delivery may come on a busy machine. */
const latestMs = 20_000;

const groups = {
  shipping: 'shipping.order',
  notification: 'notification.order',
  statistics: 'statistics.visit.counted',
} as const;

type Service = keyof typeof groups;

/** Registers the suite. */
export function describeConsumers(target: ConsumersUnderTest): void {
  let generated: GeneratedConsumers | null = null;
  const connected = new Map<string, GeneratedBroker>();
  const code = (): GeneratedConsumers => {
    if (generated === null) throw new Error('not loaded');
    return generated;
  };
  const as = (service: string): GeneratedBroker => {
    const found = connected.get(service);
    if (found === undefined) throw new Error(`${service} is not connected`);
    return found;
  };
  beforeAll(async () => {
    generated = await target.load();
    for (const service of ['orders', ...Object.keys(groups)])
      connected.set(service, await target.connect(generated, service));
  });
  afterAll(async () => {
    for (const broker of connected.values()) await broker.close();
    generated?.remove();
    await target.close();
  });

  const publish = async (
    event: string,
    key: string,
    body: string,
  ): Promise<void> =>
    as('orders').publish({
      id: `${event} ${key} ${body}`,
      address: {
        kind: 'topic',
        channel: event.startsWith('order.') ? 'order' : event,
      },
      routingKey: event,
      key,
      contentType: 'application/json',
      headers: {},
      body,
      mandatory: true,
    });

  const consuming = async (
    service: Service,
    handle: Handler,
    work: (calls: readonly Call[]) => Promise<void>,
  ): Promise<void> => {
    const calls: Call[] = [];
    const consumer = await as(service).subscribe(
      code().subscriptionOf(groups[service]),
      async (delivery) => {
        calls.push({ ...delivery, atMs: performance.now() });
        await handle(delivery);
      },
    );
    try {
      await work(calls);
    } finally {
      await consumer.stop();
    }
  };
  const failing =
    (error: Error): Handler =>
    async ({ body }) =>
      body.startsWith('poison') ? Promise.reject(error) : Promise.resolve();
  const gapsOf = (calls: readonly Call[]): readonly number[] =>
    calls.slice(1).map(({ atMs }, at) => atMs - (calls[at]?.atMs ?? 0));
  const expectDelays = (
    calls: readonly Call[],
    delays: readonly number[],
  ): void => {
    const gaps = gapsOf(calls);
    expect(gaps).toHaveLength(delays.length);
    expect(
      gaps.filter(
        (gap, at) =>
          gap < (delays[at] ?? 0) - 10 || gap > (delays[at] ?? 0) + latestMs,
      ),
    ).toEqual([]);
  };
  const named = (calls: readonly Call[], body: string): readonly Call[] =>
    calls.filter((call) => call.body === body);

  it('tries a poison message in place as often as declared, after the declared delays, before what follows it', async () => {
    await consuming('shipping', failing(new Error('broken')), async (calls) => {
      await publish('order.paid', 'k-1', 'poison in place');
      await publish('order.paid', 'k-1', 'after it');
      const [letter] = await target.takeDeadLetters(groups.shipping, 1);
      await expect
        .poll(() => named(calls, 'after it').length, patience)
        .toBe(1);
      expect(calls.map(({ body, attempt }) => `${body} ${attempt}`)).toEqual([
        'poison in place 1',
        'poison in place 2',
        'poison in place 3',
        'after it 1',
      ]);
      expectDelays(named(calls, 'poison in place'), [400, 400]);
      expect(letter).toMatchObject({
        body: 'poison in place',
        headers: {
          'x-dead-letter-reason': 'attempts-exhausted',
          'x-dead-letter-error': 'Error: broken',
          'x-dead-letter-group': groups.shipping,
          'x-dead-letter-channel': 'order',
          'x-dead-letter-type': 'order.paid',
          'x-dead-letter-attempts': '3',
        },
      });
    });
  });

  it('sets a poison message aside as often as declared, after growing delays, while others pass it', async () => {
    await consuming(
      'notification',
      failing(new Error('broken')),
      async (calls) => {
        await publish('order.created', 'k-1', 'poison aside');
        for (const body of ['a', 'b', 'c'])
          await publish('order.created', 'k-1', body);
        const [letter] = await target.takeDeadLetters(groups.notification, 1);
        const poison = named(calls, 'poison aside');
        expect(poison.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
        expectDelays(poison, [400, 800, 1000]);
        const others = calls.filter(({ body }) => body.length === 1);
        expect(others.map(({ body }) => body).sort()).toEqual(['a', 'b', 'c']);
        expect(Math.max(...others.map(({ atMs }) => atMs))).toBeLessThan(
          poison.at(-1)?.atMs ?? 0,
        );
        expect(letter).toMatchObject({
          body: 'poison aside',
          headers: {
            'x-dead-letter-reason': 'attempts-exhausted',
            'x-dead-letter-attempts': '4',
            'x-dead-letter-group': groups.notification,
          },
        });
      },
    );
  });

  it('gives up at once what no attempt can help', async () => {
    const never = failing(code().permanentError('no such order'));
    await consuming('shipping', never, async (calls) => {
      await publish('order.paid', 'k-2', 'poison for ever');
      const [letter] = await target.takeDeadLetters(groups.shipping, 1);
      expect(calls).toHaveLength(1);
      expect(letter?.headers).toMatchObject({
        'x-dead-letter-reason': 'permanent-error',
        'x-dead-letter-attempts': '1',
      });
    });
  });

  it('keeps the order of each key with several copies and several handlers', async () => {
    const second = await target.connect(code(), 'shipping');
    const seen: string[] = [];
    const handle: Handler = async ({ key, body }) => {
      // Uneven times, so that whoever may overtake does.
      await new Promise((resolve) => setTimeout(resolve, Number(body) % 7));
      seen.push(`${key} ${body}`);
    };
    const other = await second.subscribe(
      code().subscriptionOf(groups.shipping),
      handle,
    );
    const keys = ['k-1', 'k-2', 'k-3', 'k-4', 'k-5', 'k-6'];
    const sent = Array.from(
      { length: 90 },
      (_, at) =>
        [keys[at % keys.length] ?? '', String(at).padStart(3, '0')] as const,
    );
    await consuming('shipping', handle, async () => {
      for (const [key, body] of sent) await publish('order.paid', key, body);
      await expect.poll(() => seen.length, patience).toBe(sent.length);
    });
    await other.stop();
    await second.close();
    for (const key of keys)
      expect(seen.filter((one) => one.startsWith(key))).toEqual(
        sent.filter(([own]) => own === key).map((one) => one.join(' ')),
      );
  });

  it('hands the messages of one key to all its handlers where no order is asked for, and to no more', async () => {
    let inHand = 0;
    let most = 0;
    const handle: Handler = async () => {
      inHand += 1;
      most = Math.max(most, inHand);
      await new Promise((resolve) => setTimeout(resolve, 150));
      inHand -= 1;
    };
    await consuming('notification', handle, async (calls) => {
      await Promise.all(
        Array.from({ length: 24 }, async (_, at) =>
          publish('order.created', 'k-1', `n-${at}`),
        ),
      );
      await expect.poll(() => calls.length, patience).toBe(24);
      await expect.poll(() => inHand, patience).toBe(0);
    });
    expect(most).toBe(4);
  });

  it.each([
    ['after', 'at least once', 'notification', 'order.created', false],
    ['before', 'at most once', 'statistics', 'visit.counted', true],
  ] as const)(
    'settles a message %s it is handled where it comes %s',
    async (_when, _how, service, event, isSettledInHand) => {
      const group = groups[service];
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      await consuming(
        service,
        async () => gate,
        async (calls) => {
          try {
            await publish(event, 'k-1', 'in hand');
            await expect.poll(() => calls.length, patience).toBe(1);
            // Long enough for anything that settles early, and for RabbitMQ to count, which it does every 5 s.
            await new Promise((resolve) => setTimeout(resolve, 7000));
            expect(await target.isSettled(group)).toBe(isSettledInHand);
          } finally {
            // Or the consumer would wait for its handler for ever.
            release();
          }
        },
      );
      await expect
        .poll(async () => target.isSettled(group), patience)
        .toBe(true);
    },
  );
}
