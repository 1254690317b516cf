// Runs on a real RabbitMQ where TEST_RABBITMQ_URL names one; its user must be allowed to declare.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Subscription } from '../messaging/bus.js';
import { silentLogger } from '../operations/logger.js';
import { describeBroker } from '../testing/broker-contract.js';
import { layRabbitTopology } from '../testing/rabbit-topology.js';
import { until } from '../testing/wait.js';
import { type RabbitTopology, lanesHeaders, plainGroup } from './names.js';
import { RabbitBroker } from './rabbit-broker.js';

const url = process.env['TEST_RABBITMQ_URL'];
const plain: RabbitTopology = { slots: 24, groups: {} };

describe('the slot of a key', () => {
  it('is CRC-32 of its UTF-8 bytes modulo the slots, as text', () => {
    // The check value of CRC-32 is that of these nine digits: 0xCBF43926.
    assert.deepEqual(lanesHeaders(plain, '123456789'), {
      partitionkey: '123456789',
      partition: String(0xcbf43926 % 24),
    });
    assert.equal(
      lanesHeaders({ ...plain, slots: 96 }, 'clé').partition,
      String(0x06c72a74 % 96),
    );
  });

  it('is 0 for a message without a key', () => {
    assert.deepEqual(lanesHeaders(plain, null), { partition: '0' });
  });
});

if (url === undefined) {
  describe('rabbitmq broker', () => {
    it(
      'needs a broker',
      { skip: 'set TEST_RABBITMQ_URL to run the contract on RabbitMQ' },
      () => undefined,
    );
  });
} else {
  const connect = (topology: RabbitTopology): Promise<RabbitBroker> =>
    RabbitBroker.connect(
      { url, clientId: 'contract', logger: silentLogger, environment: {} },
      topology,
    );
  describeBroker({
    name: 'rabbitmq',
    declare: (topology) => layRabbitTopology(url, topology, plain),
    connect: () => connect(plain),
    refusesUnroutable: true,
  });
  describeLanes(url, connect);
}

function describeLanes(
  at: string,
  connect: (topology: RabbitTopology) => Promise<RabbitBroker>,
): void {
  const group = `lanes-${randomUUID().slice(0, 8)}`;
  const subscription: Subscription = {
    group,
    sources: [
      { address: { kind: 'topic', channel: `${group}.in` }, types: ['moved'] },
    ],
    isOrdered: true,
    isAtMostOnce: false,
    concurrency: 1,
    failure: {
      attempts: 2,
      mode: 'non-blocking',
      backoff: 'fixed',
      firstMs: 100,
      maxMs: 100,
      hasDeadLetter: true,
    },
    failureByType: new Map(),
  };
  const queues = [0, 1, 2].map((lane) => `${group}.lane.${lane}`);
  const topology: RabbitTopology = {
    slots: 24,
    groups: { [group]: { ...plainGroup(group), queues } },
  };

  describe('rabbitmq lanes', () => {
    it('keep the order of each key, and bring a retried message back', async () => {
      const laid = {
        subscriptions: [subscription],
        // #if requests
        requests: [],
        // #end
      };
      await layRabbitTopology(at, laid, topology);
      const broker = await connect(topology);
      const seen: string[] = [];
      const consumer = await broker.subscribe(subscription, (delivery) => {
        seen.push(`${delivery.key ?? ''} ${delivery.body} ${delivery.attempt}`);
        const fails = delivery.body === 'again' && delivery.attempt === 1;
        return fails ? Promise.reject(new Error('not yet')) : Promise.resolve();
      });
      const publish = (key: string, body: string): Promise<void> =>
        broker.publish({
          id: randomUUID(),
          address: { kind: 'topic', channel: `${group}.in` },
          routingKey: 'moved',
          key,
          contentType: 'text/plain',
          headers: {},
          body,
          mandatory: true,
        });
      const keys = Array.from({ length: 12 }, (_, at) => `key-${at}`);
      for (const turn of ['1', '2', '3'])
        for (const key of keys) await publish(key, turn);
      await publish('key-0', 'again');
      await until('every message', () => seen.includes('key-0 again 2'));
      await until('all of them', () => seen.length >= 38);
      await consumer.stop();
      await broker.close();
      for (const key of keys)
        assert.deepEqual(
          seen.filter(
            (one) => /^\S+ \d 1$/.test(one) && one.startsWith(`${key} `),
          ),
          ['1', '2', '3'].map((turn) => `${key} ${turn} 1`),
        );
    });
  });
}
