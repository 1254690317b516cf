import { describe, expect, it } from 'vitest';
import type { DesiredState, Mutability } from '../brokers/resource.ts';
import { refusalOf } from './carry-out.ts';
import { diffResources } from './diff-resources.ts';

/** What is said to the removal of a queue whose settings differ. */
function refusal(...differing: readonly Mutability[]): string | null {
  const why = { origin: '/channels/order', because: 'as declared' };
  const desired: DesiredState = {
    resources: [
      {
        ...{ kind: 'queue', name: 'order' },
        ...why,
        settings: Object.fromEntries(
          differing.map((mutability, index) => [
            `setting ${index}`,
            { ...why, value: 'wanted', mutability },
          ]),
        ),
      },
    ],
    claimOf: () => ({ kind: 'own' }),
  };
  const live = [{ kind: 'queue', name: 'order', settings: {} }];
  const drifts = diffResources(desired, live);
  return refusalOf(
    ['queue/order'],
    { drifts, asWanted: 0, foreign: [], shared: [] },
    { removable: ['queue'] },
  );
}

describe('a removal', () => {
  it.each<Mutability>(['fixed', 'grow-only'])(
    'is followed where a setting is %s, so that the thing is made anew',
    (mutability) => {
      expect(refusal(mutability)).toBeNull();
      expect(refusal('elsewhere', mutability)).toBeNull();
    },
  );

  it('is refused where what differs is changed in another place', () => {
    expect(refusal('elsewhere')).toContain('it would come back as it is');
    expect(refusal('elsewhere', 'in-place')).toContain(
      'it would come back as it is',
    );
  });

  it('is refused where a thing is as wanted, or mended in place', () => {
    expect(refusal()).toContain('it is wanted as it is');
    expect(refusal('in-place')).toContain('it is wanted as it is');
  });
});
