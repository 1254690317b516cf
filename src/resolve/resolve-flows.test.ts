import { describe, expect, it } from 'vitest';
import type { Flow } from '../model/model.ts';
import { checkText } from '../testing/load-model.ts';

const flowOf = (text: string, broker = 'kafka'): Flow | undefined =>
  checkText(`eventArch: 1\nname: Orders\nbroker: kafka\n${text}`, broker).model
    ?.flows[0];
const causes = (text: string, broker = 'kafka'): readonly string[] =>
  flowOf(text, broker)?.weakenings.map(({ cause }) => cause) ?? [];

const design = (event: string, consumer: string, rest = ''): string =>
  [
    `events: { order.created: { payload: { orderId: uuid }, ${event} } }`,
    'publishers: { orders: [order.created] }',
    `consumers: { billing: { subscribes: { order.created: { ${consumer} } } } }`,
    rest,
  ].join('\n');

describe('the effective guarantee of a flow', () => {
  it('is the declared one when nothing weakens it', () => {
    const flow = flowOf(design('key: orderId', ''));
    expect(flow?.weakenings).toEqual([]);
    expect(flow?.effective).toEqual(flow?.declared);
  });

  it('is at-most-once when a log forgets before an outage of an hour is over', () => {
    const short = design('key: orderId, retention: 59m', '');
    expect(causes(short)).toEqual(['short-retention']);
    expect(flowOf(short)?.effective.delivery).toBe('at-most-once');
    expect(causes(design('key: orderId, retention: 1h', ''))).toEqual([]);
  });

  it('bears a short retention where what expires becomes a dead letter', () => {
    const short = design('key: orderId, retention: 59m', '');
    expect(causes(short, 'rabbitmq')).toEqual([]);
  });

  it('is at-most-once without a dead letter', () => {
    expect(causes(design('key: orderId', 'deadLetter: false'))).toEqual([
      'no-dead-letter',
    ]);
  });

  it('keeps what fails in a shared queue when one of its subscriptions asks for it', () => {
    const shared = `
events:
  order.created: { aggregate: order, key: orderId, payload: { orderId: uuid } }
  order.paid: { aggregate: order, key: orderId, payload: { orderId: uuid } }
publishers: { orders: { publishes: [order.created, order.paid], outbox: true } }
consumers: { billing: { subscribes: { order.created: { deadLetter: false }, order.paid: {} } } }`;
    expect(causes(shared, 'kafka')).toEqual(['no-dead-letter']);
    expect(causes(shared, 'rabbitmq')).toEqual([]);
  });

  it('is unordered without a key where the channel has several partitions', () => {
    const keyless = design('ordering: none', 'ordering: per-key');
    expect(causes(keyless)).toEqual(['no-key']);
    expect(flowOf(keyless)?.effective.ordering).toBe('none');
    expect(causes(keyless, 'rabbitmq')).toEqual([]);
    const one = 'channels: { order.created: { partitions: 1 } }';
    expect(causes(design('ordering: none', 'ordering: per-key', one))).toEqual(
      [],
    );
  });

  it('is ordered per key when a total order meets several partitions', () => {
    const total = design('key: orderId', 'ordering: total');
    expect(causes(total)).toEqual(['several-partitions']);
    expect(flowOf(total)?.effective.ordering).toBe('per-key');
    expect(causes(total, 'rabbitmq')).toEqual([]);
  });

  it.each(['kafka', 'rabbitmq'])(
    'bears several consumers at once on %s, whose lanes are handled in order',
    (broker) => {
      const busy = design('key: orderId', 'instances: 4, concurrency: 4');
      expect(causes(busy, broker)).toEqual([]);
    },
  );

  it.each(['kafka', 'rabbitmq'])(
    'is unordered on %s when failed messages are set aside',
    (broker) => {
      const aside = design('key: orderId', 'retry: { mode: non-blocking }');
      expect(causes(aside, broker)).toEqual(['non-blocking-retry']);
      const once = design(
        'key: orderId',
        'retry: { mode: non-blocking, attempts: 1 }',
      );
      expect(causes(once, broker)).toEqual([]);
    },
  );
});
