import { expect, it } from 'vitest';
import type {
  BrokerResource,
  DesiredState,
  LiveResource,
  Mutability,
} from '../brokers/resource.ts';
import { diffResources } from './diff-resources.ts';

const topic = (
  name: string,
  settings: Readonly<
    Record<string, readonly [number | string, Mutability]>
  > = {},
): BrokerResource => ({
  kind: 'topic',
  name,
  origin: '/channels/order',
  because: 'carries orders',
  settings: Object.fromEntries(
    Object.entries(settings).map(([key, [value, mutability]]) => [
      key,
      {
        value,
        mutability,
        origin: `/channels/order/${key}`,
        because: 'as declared',
      },
    ]),
  ),
});
const live = (
  name: string,
  settings: LiveResource['settings'] = {},
): LiveResource => ({ kind: 'topic', name, settings });
const desired = (...resources: readonly BrokerResource[]): DesiredState => ({
  resources,
  claimOf: (one) => {
    if (one.name.startsWith('order')) return { kind: 'own' };
    return one.name === 'thief'
      ? { kind: 'stranger', reaches: 'topic order', goesFurther: false }
      : { kind: 'foreign' };
  },
});
const told = (
  state: DesiredState,
  now: readonly LiveResource[],
): readonly string[] =>
  diffResources(state, now).map((drift) =>
    'settings' in drift
      ? `${drift.kind} ${drift.resource.name} ${drift.settings.map((one) => `${one.key} ${JSON.stringify(one.live)} to ${JSON.stringify(one.wanted)}`).join(', ')}`
      : `${drift.kind} ${drift.resource.name}`,
  );

it('finds nothing where live is as wanted, whatever else is set there', () => {
  const state = desired(topic('order', { partitions: [12, 'grow-only'] }));
  expect(told(state, [live('order', { partitions: 12, other: 'x' })])).toEqual(
    [],
  );
});

it('creates what is missing', () => {
  expect(told(desired(topic('order')), [])).toEqual(['create order']);
});

it('changes in place what can be, and tells apart what cannot', () => {
  const state = desired(
    topic('order', {
      partitions: [12, 'grow-only'],
      'retention.ms': ['5', 'in-place'],
      copies: [3, 'fixed'],
      policy: ['own', 'elsewhere'],
    }),
  );
  expect(
    told(state, [
      live('order', { partitions: 6, copies: 1, policy: 'a stranger’s' }),
    ]),
  ).toEqual([
    'change order partitions 6 to 12, retention.ms null to "5"',
    'cannot-change order copies 1 to 3, policy "a stranger’s" to "own"',
  ]);
  expect(
    told(state, [
      live('order', {
        partitions: 24,
        'retention.ms': '5',
        copies: 3,
        policy: 'own',
      }),
    ]),
  ).toEqual(['cannot-change order partitions 24 to 12']);
});

it('tells rights of strangers on what is the design’s own', () => {
  expect(diffResources(desired(), [live('thief'), live('payments')])).toEqual([
    {
      kind: 'stranger',
      resource: live('thief'),
      reaches: 'topic order',
      goesFurther: false,
    },
  ]);
});

it('tells what the design owns and does not want, and is silent about what is others', () => {
  expect(told(desired(), [live('order.old'), live('payments')])).toEqual([
    'extra order.old',
  ]);
});

it('does not take another order of keys for a difference', () => {
  const resource: BrokerResource = {
    ...topic('order'),
    settings: {
      rule: {
        value: { a: 1, b: 2 },
        mutability: 'in-place',
        origin: '',
        because: '',
      },
    },
  };
  expect(
    told(desired(resource), [live('order', { rule: { b: 2, a: 1 } })]),
  ).toEqual([]);
});
