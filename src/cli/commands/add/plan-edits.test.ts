import { expect, it } from 'vitest';
import type { JsonObject } from '../../../core/json.ts';
import { entryKinds } from './entry-kinds.ts';
import { planEdits } from './plan-edits.ts';

it('begins the list of a publisher that has settings alone', () => {
  const [kind] = entryKinds.filter(({ name }) => name === 'publisher');
  if (kind === undefined) throw new Error('No publishers can be added.');
  const spec = { publishers: { trip: { outbox: true } } };
  const entry = { kind, name: 'trip', more: ['trip.created'], properties: {} };
  expect(planEdits(spec, entry)).toEqual([
    { path: ['publishers', 'trip', 'publishes'], value: ['trip.created'] },
  ]);
});

const publish = (publishers: JsonObject, properties: JsonObject = {}) => {
  const [kind] = entryKinds.filter(({ name }) => name === 'publisher');
  if (kind === undefined) throw new Error('No publishers can be added.');
  const entry = { kind, name: 'trip', more: ['a.done', 'b.done'], properties };
  return planEdits({ publishers }, entry);
};

it('adds the second event of a new publisher to the list that the first begins', () => {
  expect(publish({})).toEqual([
    { path: ['publishers', 'trip'], value: ['a.done'] },
    { path: ['publishers', 'trip'], value: 'b.done' },
  ]);
});

it('adds several events to a publisher that has settings alone', () => {
  const path = ['publishers', 'trip', 'publishes'];
  expect(publish({ trip: { outbox: true } })).toEqual([
    { path, value: ['a.done'] },
    { path, value: 'b.done' },
  ]);
});

it('writes the settings of a new publisher once', () => {
  expect(publish({}, { outbox: true })).toEqual([
    {
      path: ['publishers', 'trip'],
      value: { publishes: ['a.done'], outbox: true },
    },
    { path: ['publishers', 'trip', 'publishes'], value: 'b.done' },
  ]);
});
