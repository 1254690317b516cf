import { expect, it } from 'vitest';
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
