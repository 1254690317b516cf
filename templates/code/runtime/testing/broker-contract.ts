// What every broker adapter must do, as tests. An adapter's test hands in how to connect and how to lay its topology.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { PermanentError } from '../consume/errors.js';
import type { FailurePolicy } from '../consume/retry.js';
import type {
  Address,
  Delivery,
  MessageBus,
  OutgoingMessage,
  Subscription,
} from '../messaging/bus.js';
// #if requests
import { itAnswersRequests } from './request-contract.js';
// #end
import { pause, until } from './wait.js';

/** What the suite will use of the broker; the generated code never declares it itself. */
export interface ContractTopology {
  readonly subscriptions: readonly Subscription[];
  // #if requests
  readonly requests: readonly string[];
  // #end
}

/** One adapter under test. */
export interface BrokerUnderTest {
  readonly name: string;
  readonly declare: (topology: ContractTopology) => Promise<void>;
  readonly connect: () => Promise<MessageBus>;
  /** Whether the broker refuses a message that nobody can receive. */
  readonly refusesUnroutable: boolean;
}

const once: FailurePolicy = {
  attempts: 1,
  mode: 'blocking',
  backoff: 'fixed',
  firstMs: 50,
  maxMs: 50,
  hasDeadLetter: true,
};

/** Registers the suite. */
export function describeBroker(target: BrokerUnderTest): void {
  const run = randomUUID().slice(0, 8);
  const address = (kind: Address['kind'], name: string): Address => ({
    kind,
    channel: `${name}-${run}`,
  });
  const group = (
    name: string,
    from: Address,
    types: readonly string[],
    more: Partial<Subscription> = {},
  ): Subscription => ({
    group: `${name}-${run}`,
    sources: [{ address: from, types }],
    isOrdered: true,
    isAtMostOnce: false,
    concurrency: 4,
    failure: once,
    failureByType: new Map(),
    ...more,
  });
  const orders = address('topic', 'orders');
  const work = address('queue', 'work');
  const failing = address('topic', 'failing');
  const shipping = group('shipping', orders, ['order.paid']);
  const audit = group('audit', orders, ['order.created', 'order.paid']);
  const workers = group('workers', work, ['do-work']);
  const blocking = group('blocking', failing, ['fails'], {
    failure: { ...once, attempts: 3 },
  });
  const relaxed = group('relaxed', failing, ['fails'], {
    isOrdered: false,
    failure: {
      ...once,
      attempts: 2,
      mode: 'non-blocking',
      firstMs: 400,
      maxMs: 400,
    },
  });
  const poisoned = group('poisoned', address('topic', 'poison'), ['poison'], {
    failure: { ...once, attempts: 3 },
  });
  // #if requests
  const answering = `answer-${run}`;
  const silent = `silent-${run}`;
  // #end

  describe(`${target.name} broker`, { concurrency: false }, () => {
    let broker: MessageBus;
    before(async () => {
      const subscriptions = [
        shipping,
        audit,
        workers,
        blocking,
        relaxed,
        poisoned,
      ];
      await target.declare({
        subscriptions,
        // #if requests
        requests: [answering, silent],
        // #end
      });
      broker = await target.connect();
    });
    after(async () => {
      await broker.close();
    });

    it('delivers each message to every group, once per group, and only the types it wants', async () => {
      const all: string[] = [];
      const note = (name: string) => (delivery: Delivery) => {
        all.push(
          `${name} ${delivery.routingKey} ${delivery.key ?? ''} ${delivery.body}`,
        );
        return Promise.resolve();
      };
      const seen = (): string[] =>
        all.filter((delivery) => !delivery.endsWith(' settled')).toSorted();
      const consumers = [
        await broker.subscribe(shipping, note('shipping')),
        await broker.subscribe(audit, note('audit')),
        await broker.subscribe(audit, note('audit')),
      ];
      // While a group takes in a member, what is under way may come twice: its members have settled when they get this.
      await broker.publish(message(orders, 'order.paid', 'a', 'settled'));
      await until('both groups have settled', () => all.length >= 2);
      await pause(500);
      await broker.publish(message(orders, 'order.created', 'a', '1'));
      await broker.publish(message(orders, 'order.paid', 'a', '2'));
      await until('three deliveries', () => seen().length >= 3);
      await pause(200);
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      assert.deepEqual(seen(), [
        'audit order.created a 1',
        'audit order.paid a 2',
        'shipping order.paid a 2',
      ]);
    });

    it('gives each message of a queue to one worker and keeps the order of a key', async () => {
      const seen: { readonly key: string; readonly body: number }[] = [];
      const handle = async (delivery: Delivery): Promise<void> => {
        await pause(Math.random() * 5);
        seen.push({ key: delivery.key ?? '', body: Number(delivery.body) });
      };
      const consumer = await broker.subscribe(workers, handle);
      for (let turn = 0; turn < 20; turn += 1) {
        for (const key of ['a', 'b', 'c'])
          await broker.publish(message(work, 'do-work', key, String(turn)));
      }
      await until('sixty deliveries', () => seen.length >= 60);
      await consumer.stop();
      const turns = Array.from({ length: 20 }, (_, turn) => turn);
      for (const key of ['a', 'b', 'c']) {
        assert.deepEqual(
          seen.filter((entry) => entry.key === key).map((entry) => entry.body),
          turns,
        );
      }
    });

    it('tries a blocked message again before the next one of its key, and counts the attempts', async () => {
      const seen: string[] = [];
      const consumer = await broker.subscribe(blocking, (delivery) => {
        seen.push(`${delivery.body} ${delivery.attempt}`);
        const fails = delivery.body === 'first' && delivery.attempt < 3;
        return fails ? Promise.reject(new Error('not yet')) : Promise.resolve();
      });
      await broker.publish(message(failing, 'fails', 'k', 'first'));
      await broker.publish(message(failing, 'fails', 'k', 'second'));
      await until('the second message is handled', () =>
        seen.includes('second 1'),
      );
      await consumer.stop();
      assert.deepEqual(seen, ['first 1', 'first 2', 'first 3', 'second 1']);
    });

    it('lets later messages pass one that waits for its non-blocking retry', async () => {
      const seen: string[] = [];
      const consumer = await broker.subscribe(relaxed, (delivery) => {
        // What the test before published is still in this group's queue.
        if (!delivery.body.startsWith('relaxed')) return Promise.resolve();
        seen.push(`${delivery.body} ${delivery.attempt}`);
        const fails = delivery.body === 'relaxed 1' && delivery.attempt === 1;
        return fails ? Promise.reject(new Error('not yet')) : Promise.resolve();
      });
      await broker.publish(message(failing, 'fails', 'k', 'relaxed 1'));
      await broker.publish(message(failing, 'fails', 'k', 'relaxed 2'));
      await until('the retry is handled', () => seen.includes('relaxed 1 2'));
      await consumer.stop();
      assert.deepEqual(seen, ['relaxed 1 1', 'relaxed 2 1', 'relaxed 1 2']);
    });

    it('keeps a message in the dead letters with its reason, after one permanent or all transient failures', async () => {
      const attempts: string[] = [];
      const from = poisoned.sources[0]?.address ?? orders;
      const consumer = await broker.subscribe(poisoned, (delivery) => {
        attempts.push(`${delivery.body} ${delivery.attempt}`);
        const error =
          delivery.body === 'permanent'
            ? new PermanentError('no such order')
            : new Error('still down');
        return Promise.reject(error);
      });
      await broker.publish(message(from, 'poison', 'a', 'permanent'));
      await broker.publish(message(from, 'poison', 'b', 'transient'));
      await until('four attempts', () => attempts.length >= 4);
      await pause(300);
      await consumer.stop();
      assert.deepEqual(attempts.toSorted(), [
        'permanent 1',
        'transient 1',
        'transient 2',
        'transient 3',
      ]);
      const letters: string[] = [];
      const refuse = (delivery: Delivery): Promise<void> => {
        const { headers } = delivery;
        letters.push(
          [
            delivery.body,
            headers['x-dead-letter-reason'],
            headers['x-dead-letter-error'],
          ].join(' | '),
        );
        return Promise.reject(new Error('not now'));
      };
      assert.deepEqual(await broker.replay(poisoned, refuse), {
        replayed: 0,
        failed: 2,
      });
      assert.deepEqual(letters.toSorted(), [
        'permanent | permanent-error | PermanentError: no such order',
        'transient | attempts-exhausted | Error: still down',
      ]);
      assert.deepEqual(await broker.replay(poisoned, () => Promise.resolve()), {
        replayed: 2,
        failed: 0,
      });
      assert.deepEqual(await broker.replay(poisoned, () => Promise.resolve()), {
        replayed: 0,
        failed: 0,
      });
    });

    it(
      'refuses a message that nobody can receive',
      { skip: !target.refusesUnroutable },
      async () => {
        await assert.rejects(
          broker.publish(
            message(address('topic', 'nowhere'), 'lost', null, ''),
          ),
        );
        const isBack = (): Promise<boolean> =>
          broker
            .publish(message(orders, 'order.created', 'a', 'still works'))
            .then(
              () => true,
              () => false,
            );
        await until('the broker takes other messages', isBack);
      },
    );
    // #if requests

    itAnswersRequests(() => broker, { answering, silent });
    // #end
  });
}

function message(
  to: Address,
  type: string,
  key: string | null,
  body: string,
): OutgoingMessage {
  return {
    id: randomUUID(),
    address: to,
    routingKey: type,
    key,
    contentType: 'text/plain',
    headers: {},
    body,
    mandatory: true,
  };
}
