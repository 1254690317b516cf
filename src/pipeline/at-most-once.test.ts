// A message that is acknowledged before it is handled is tried once and kept nowhere: whatever tells of it says so.
import { describe, expect, it } from 'vitest';
import { planKafka } from '../brokers/kafka/plan-kafka.ts';
import { lowerToTopology } from '../brokers/rabbitmq/lower.ts';
import type { Environment, Model } from '../model/model.ts';
import { checkText, modelOf } from '../testing/load-model.ts';

const specOf = (broker: string, consumer: string): string => `eventArch: 1
name: Shop
broker: ${broker}
environments: { dev: { replication: 1 } }
events:
  page.viewed: { payload: { page: string }, delivery: at-most-once, ordering: none }
publishers: { site: [page.viewed] }
consumers: { counter: { subscribes: { page.viewed: ${consumer} } } }
`;
const load = (broker: string, consumer = '{}'): Model =>
  modelOf(checkText(specOf(broker, consumer)));
const serving = (model: Model): readonly string[] => {
  if (model.broker.kind === 'kafka')
    return planKafka(model)
      .topics.filter(({ role }) => role !== 'channel')
      .map(({ name }) => name);
  const [environment] = model.environments as [Environment];
  return lowerToTopology(model, environment)
    .queues.map(({ name }) => name)
    .filter((name) => /retry|dlq|parked/.test(name));
};

describe.each(['kafka', 'rabbitmq'])('on %s', (broker) => {
  it('a consumer at most once is tried once and keeps nothing by default, because of its delivery', () => {
    const [{ retry, hasDeadLetter }] = load(broker).subscriptions as [
      Model['subscriptions'][number],
    ];
    expect(retry).toMatchObject({
      value: { attempts: 1 },
      from: 'derived',
      origin: '/events/page.viewed/delivery',
    });
    expect(hasDeadLetter).toMatchObject({ value: false, from: 'derived' });
  });

  it.each([
    '{}',
    '{ retry: { first: 2s } }',
    '{ retry: { attempts: 5 }, deadLetter: true }',
  ])('nothing is made for a failed message with %s', (consumer) => {
    expect(serving(load(broker, consumer))).toEqual([]);
  });

  it('the same consumer keeps and retries at least once', () => {
    expect(
      serving(load(broker, '{ delivery: at-least-once }')).length,
    ).toBeGreaterThan(0);
  });

  it('is told who asks for attempts or dead letters all the same', () => {
    const told = (consumer: string): readonly string[] =>
      checkText(specOf(broker, consumer))
        .diagnostics.map(({ code }) => code)
        .filter((code) => code === 'rule/settings-of-best-effort');
    expect(told('{ retry: { attempts: 5 } }')).toHaveLength(1);
    expect(told('{ deadLetter: true }')).toHaveLength(1);
    expect(told('{ retry: { attempts: 1 }, deadLetter: false }')).toEqual([]);
    expect(told('{}')).toEqual([]);
  });
});
