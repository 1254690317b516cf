// What the pages tell people to type: every script, group, read model, queue, topic and user in it exists in the design's
// own files. The pages are read as text, and so are the files that they are compared with.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../model/model.ts';
import { emitContextFor } from '../testing/generated-project.ts';
import { liveFixtures } from '../testing/live-fixtures.ts';
import { anyModelOf, checkText, loadModel } from '../testing/load-model.ts';
import { namedFaults } from '../testing/named-things.ts';
import { randomSpec } from '../testing/random-spec.ts';
import { planArtifacts } from './plan-artifacts.ts';

const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');
const brokers = ['kafka', 'rabbitmq'] as const;
const locales = ['en', 'fr'] as const;

/** Targets that write pages, and those that make what the pages name. */
const withPages = new Set([
  'code',
  'document',
  'kafka',
  'monitoring',
  'rabbitmq',
]);

function filesOf(model: Model): ReadonlyMap<string, string> {
  const { value } = planArtifacts(model, emitContextFor(model), withPages);
  return new Map(
    (value?.artifacts ?? []).map(({ path, content }) => [path, content]),
  );
}

const views = (
  storage: string,
  store = '',
  owner = 'orders',
): string => `eventArch: 1
name: Screens
broker: rabbitmq
services:
  orders: { database: postgresql }
  screens: { database: postgresql }
events:
  order.created: { key: orderId, aggregate: order, payload: { orderId: uuid } }
aggregates:
  order:
    service: orders
    storage: ${storage}
    states: [open]
    commands: { create: { emits: order.created, to: open } }
${store}
publishers:
  orders: { outbox: true, publishes: [order.created] }
projections:
  order-list: { service: ${owner}, from: [order.created], key: orderId, fields: { orderId: uuid } }
`;

const stores = ['', 'eventStore: postgresql', 'eventStore: kurrentdb'];

describe.each(brokers)('the pages of a design on %s', (broker) => {
  describe.each(locales)('in %s', (locale) => {
    it.each(liveFixtures)('of %s name nothing that is not there', (fixture) => {
      const model: Model = { ...loadModel(fixture, broker), locale };
      expect(namedFaults(filesOf(model))).toEqual([]);
    });

    it.each(
      stores.flatMap((store) =>
        ['orders', 'screens'].map((owner) => ({ store, owner })),
      ),
    )(
      'of a read model of $owner, "$store", name nothing that is not there',
      ({ store, owner }) => {
        const text = views('event-sourced', store, owner);
        const model = anyModelOf(checkText(text, broker));
        expect(namedFaults(filesOf({ ...model, locale }))).toEqual([]);
      },
    );
  });

  it('of random specs name nothing that is not there', () => {
    fc.assert(
      fc.property(randomSpec(broker), (spec) => {
        const { model } = checkText(JSON.stringify(spec), broker);
        // A random load may be more than the broker's slots can carry.
        if (model === null) return;
        expect(namedFaults(filesOf(model))).toEqual([]);
      }),
      { numRuns: 6 * times },
    );
  });
});

describe('code for an event store in the broker is refused, and the pages', () => {
  it.each(locales)('name none of its scripts, in %s', (locale) => {
    const text = views('event-sourced', 'eventStore: broker');
    const model = anyModelOf(checkText(text, 'kafka'));
    const files = filesOf({ ...model, locale });
    expect(files.has('code/package.json')).toBe(false);
    expect(namedFaults(files)).toEqual([]);
  });
});

describe('a read model is said to be rebuilt', () => {
  const section = (text: string, broker: string): string => {
    const guide = filesOf(anyModelOf(checkText(text, broker))).get('GUIDE.md');
    const [, after = ''] = (guide ?? '').split('## Rebuild a read model\n');
    return after.split('\n## ')[0] ?? '';
  };

  it.each(brokers)('by a command from its own service’s store, on %s', (to) => {
    expect(section(views('event-sourced'), to)).toContain(
      'npm --prefix code run rebuild -- order-list',
    );
  });

  it('by the owner who publishes again, where another service has the store', () => {
    const told = section(views('event-sourced', '', 'screens'), 'rabbitmq');
    expect(told).not.toContain('npm');
    expect(told).toContain('`orders`');
    expect(told).toContain('publishes it again');
  });

  it('from the topic, where another service has the store and the broker keeps', () => {
    const told = section(views('event-sourced', '', 'screens'), 'kafka');
    expect(told).not.toContain('npm');
    expect(told).toContain('`screens.order-list`');
  });

  it('by nothing, where nobody keeps its events', () => {
    expect(section(views('state', '', 'screens'), 'rabbitmq')).toContain(
      'cannot be rebuilt',
    );
  });

  it.each([
    [views('event-sourced'), 'rabbitmq', 'by a command'],
    [views('event-sourced', '', 'screens'), 'rabbitmq', 'publishes them again'],
    [views('event-sourced', '', 'screens'), 'kafka', 'still keeps'],
    [views('state', '', 'screens'), 'rabbitmq', 'cannot be rebuilt'],
  ])('in the record of CQRS as in the guide (%#)', (text, broker, words) => {
    const files = filesOf(anyModelOf(checkText(text, broker)));
    expect(files.get('decisions/0007-cqrs.md')).toContain(words);
  });
});

describe('the reading of pages', () => {
  const files = filesOf(loadModel('shop', 'rabbitmq'));
  const kafka = filesOf(loadModel('shop', 'kafka'));
  it.each([
    [files, 'run replay --', 'run again --', 'npm run again'],
    [files, 'look ', 'look not.', 'not.'],
    [files, 'dest-queue ', 'dest-queue not.', 'not.'],
    [files, 'run replay -- ', 'run replay -- not.', 'not.'],
    [kafka, 'look order', 'look none', 'none'],
    [kafka, 'put_back ', 'put_back not.', 'not.'],
  ])('sees what is not there (%#)', (all, from, to, fault) => {
    const guide = all.get('GUIDE.md') ?? '';
    expect(guide).toContain(from);
    const changed = new Map([...all, ['GUIDE.md', guide.replace(from, to)]]);
    expect(namedFaults(changed).join('\n')).toContain(fault);
  });
});
