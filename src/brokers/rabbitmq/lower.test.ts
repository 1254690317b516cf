import { describe, expect, it } from 'vitest';
import { loadModel } from '../../testing/load-model.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { smallEnvironment } from '../../testing/small-model.ts';
import { rabbitmq } from '../rabbitmq.ts';
import { passwordVariables } from './access.ts';
import { toDefinitions } from './definitions.ts';
import { lowerToTopology } from './lower.ts';
import { exactly } from './names.ts';
import { isLinear, retryDelays } from './retry-plan.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';
import type { Policy, Topology } from './topology.ts';

const lowered = (model: Model): Topology =>
  lowerToTopology(model, model.environments[0] ?? smallEnvironment('dev', 1));

const policyFor = (topology: Topology, queue: string): Policy | undefined =>
  topology.policies.find(({ targets }) => targets.includes(queue));

const codes = (model: Model): readonly string[] =>
  rabbitmq.check(model).map(({ code }) => code);

const lanes = (topology: Topology): number =>
  topology.queues.filter(({ role }) => role === 'lane').length;

describe('retries', () => {
  it('double from the first delay up to the longest', () => {
    expect(
      retryDelays({
        attempts: 6,
        backoff: 'exponential',
        firstMs: 1000,
        maxMs: 5000,
        mode: 'blocking',
      }),
    ).toEqual([1000, 2000, 4000, 5000, 5000]);
  });

  it('use the delayed retry of the queue from 4.3 only where it gives the declared delays', () => {
    expect(isLinear([200, 400])).toBe(true);
    expect(isLinear([200, 200, 200])).toBe(true);
    expect(isLinear([200, 400, 800])).toBe(false);
    const rungs = (version: string, options: JsonObject = {}): number =>
      lowered(ordersModel(version, options)).queues.filter(
        ({ role }) => role === 'retry',
      ).length;
    expect(rungs('4.3')).toBe(3);
    expect(rungs('4.3', { delayedRetry: 'always' })).toBe(0);
    expect(
      policyFor(
        lowered(ordersModel('4.3', { delayedRetry: 'always' })),
        'notification.order',
      )?.definition,
    ).toMatchObject({
      'delayed-retry-type': 'failed',
      'delayed-retry-min': 200,
      'delayed-retry-max': 800,
    });
  });
});

describe('lanes', () => {
  it('follow instances, the declared partitions or the option', () => {
    expect(lanes(lowered(ordersModel('4.1')))).toBe(3);
    expect(lanes(lowered(ordersModel('4.1', { hashPartitions: 5 })))).toBe(5);
  });

  it.each([
    [1, 24],
    [3, 24],
    [12, 24],
    [13, 48],
    [100, 384],
  ])('%i in number share %i slots', (count, slots) => {
    const topology = lowered(ordersModel('4.1', { hashPartitions: count }));
    const lane = 'command.reserve-stock.lane.';
    const bound = topology.bindings
      .filter(({ source }) => source === 'command.reserve-stock.lanes')
      .map(({ destination, arguments: given }) => [
        Number(given['partition']),
        Number(destination.slice(lane.length)),
      ]);
    expect(topology.slots.value).toBe(slots);
    // Each slot once, in order, in the lane that it leaves as its rest: so every lane has at least two.
    expect(bound).toEqual(
      Array.from({ length: slots }, (_, slot) => [slot, slot % count]),
    );
  });

  it('tell of busy consumers only where a volume is declared', () => {
    const model = ordersModel('4.1', { hashPartitions: 3 });
    const why = (one: Model): string =>
      lowered(one).queues.find(({ role }) => role === 'lane')?.why.because ??
      '';
    const silent = {
      ...model,
      events: model.events.map((event) => ({ ...event, volume: null })),
    };
    expect(why(silent)).toContain('(no volume is declared)');
    expect(why(silent)).not.toContain('busy consumers');
    const loud = {
      ...model,
      events: model.events.map((event) => ({
        ...event,
        volume: {
          value: { ratePerSecond: 1, peakPerSecond: 1, bytes: 100 },
          from: 'spec' as const,
          origin: event.origin,
          because: null,
        },
      })),
    };
    expect(why(loud)).toMatch(/ and 0\.\d*[1-9]\d* busy consumers at peak/);
  });

  it('share as many slots as the author says', () => {
    const { slots } = lowered(ordersModel('4.1', { slots: 60 }));
    expect(slots).toMatchObject({ value: 60, from: 'spec' });
    expect(codes(ordersModel('4.1', { slots: 3 }))).toEqual([]);
    expect(codes(ordersModel('4.1', { slots: 2 }))).toEqual([
      'broker/rabbitmq-fewer-slots-than-lanes',
    ]);
  });
});

describe('patterns', () => {
  it('match the names that they are made of and nothing near them', () => {
    const pattern = new RegExp(exactly(['a.b', 'c']));
    expect(
      ['a.b', 'c', 'axb', 'a.b.c', 'xc', ''].map((name) => pattern.test(name)),
    ).toEqual([true, true, false, false, false, false]);
    expect(exactly([])).toBe('^$');
  });
});

describe('passwords', () => {
  it('have a variable each, also for names that look alike', () => {
    expect([...passwordVariables(['a-b', 'a.b']).values()]).toEqual([
      'RABBITMQ_PASSWORD_A_B',
      'RABBITMQ_PASSWORD_A_B_2',
    ]);
  });

  it('are in no definitions file', () => {
    const text = JSON.stringify(
      toDefinitions(lowered(ordersModel('4.1')), 'test'),
    );
    expect(text).not.toMatch(/"password"/);
    expect(text.match(/"password_hash":"[^"]/)).toBeNull();
  });
});

describe('the checks', () => {
  it('find nothing wrong in the shop', () => {
    expect(rabbitmq.check(loadModel('shop', 'rabbitmq'))).toEqual([]);
  });

  it('refuse a version that is not known', () => {
    expect(codes(ordersModel('3.9'))).toEqual(['broker/rabbitmq-version']);
    expect(codes(ordersModel('5.0'))).toEqual(['broker/rabbitmq-version']);
  });

  it('refuse a feature that the version lacks, with the alternative', () => {
    expect(
      rabbitmq.check(ordersModel('4.2', { delayedRetry: 'always' })),
    ).toMatchObject([
      {
        code: 'broker/rabbitmq-version-lacks',
        hint: expect.stringContaining('TTL queue'),
      },
    ]);
  });

  it('refuse names that are too long, reserved or taken', () => {
    const model = ordersModel('4.1');
    const renamed = (name: string): Model => ({
      ...model,
      groups: model.groups.map((group) =>
        group.name === 'shipping.order' ? { ...group, name } : group,
      ),
    });
    expect(codes(renamed('x'.repeat(252)))).toEqual([
      'broker/rabbitmq-name-too-long',
    ]);
    expect(codes(renamed('amq.shipping'))).toContain(
      'broker/rabbitmq-reserved-name',
    );
    expect(codes(renamed('unrouted'))).toContain('broker/rabbitmq-name-taken');
    expect(codes(renamed('analytics.order.dlq'))).toContain(
      'broker/rabbitmq-name-taken',
    );
  });

  it('refuse a blocking delay that outlasts the consumer timeout', () => {
    expect(codes(ordersModel('4.1', { consumerTimeout: '200ms' }))).toContain(
      'broker/rabbitmq-hold-exceeds-timeout',
    );
  });

  it('warn of an even number of copies', () => {
    const model = {
      ...ordersModel('4.1'),
      environments: [smallEnvironment('prod', 4)],
    };
    expect(codes(model)).toEqual(['broker/rabbitmq-even-replication']);
  });
});
