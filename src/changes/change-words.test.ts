// What a change is told with: members from and to, the order of deployment, the advice.
import { describe, expect, it } from 'vitest';
import { compareTexts, replaced } from '../testing/compare-texts.ts';
import { readFixture } from '../testing/load-model.ts';

const base = readFixture('changes', 'base.yaml');

describe('the words of changes', () => {
  it.each([
    ['as it was', '', 'publishers and consumers can be deployed in any order'],
    [
      'raised',
      'version: 2, versions: { 1: { payload: { orderId: uuid } } }, ',
      'deploy its consumers before its publishers',
    ],
  ])(
    'let consumers of a version that is %s be deployed in that order',
    (_, version, order) => {
      const before = replaced(base, [
        {
          from: 'order.archived: { type: integration, key: orderId, ',
          to: 'order.archived: { type: integration, compatibility: none, key: orderId, ',
        },
      ]);
      const after = replaced(before, [
        {
          from: 'compatibility: none, key: orderId, payload: { orderId: uuid }',
          to: `compatibility: none, key: orderId, ${version}payload: { orderId: uuid, more?: string }`,
        },
      ]);
      const { changes } = compareTexts(before, after, 'lenient');
      const told = changes.find(({ code }) => code === 'diff/payload-changed');
      expect(told?.message.split('; ').at(-1)).toBe(order);
    },
  );

  it.each([
    [
      'retry: { attempts: 1 }',
      'what "billing" cannot handle of "order.placed" is set aside as a dead letter after the first attempt instead of 5 attempts over 15s: attempts went from 5 to 1',
    ],
    [
      'retry: { attempts: 5, first: 1s, backoff: fixed }',
      'what "billing" cannot handle of "order.placed" is set aside as a dead letter after 5 attempts over 4s instead of 5 attempts over 15s: backoff went from exponential to fixed',
    ],
    [
      'retry: { attempts: 4, first: 2s, max: 1h }',
      'what "billing" cannot handle of "order.placed" is set aside as a dead letter after 4 attempts over 14s instead of 5 attempts over 15s: attempts went from 5 to 4, first went from 1s to 2s, max went from 1m to 1h',
    ],
    [
      'retry: { attempts: 5, first: 1s, max: 2s }',
      'what "billing" cannot handle of "order.placed" is set aside as a dead letter after 5 attempts over 7s instead of 5 attempts over 15s: max went from 1m to 2s',
    ],
    [
      'retry: { attempts: 5, first: 1s, mode: non-blocking }',
      'the retry of "order.placed" at "billing" changed: mode went from blocking to non-blocking',
    ],
  ])('tell each member of %s with from and to', (retry, message) => {
    const after = replaced(base, [
      { from: 'retry: { attempts: 5, first: 1s }', to: retry },
    ]);
    const { changes } = compareTexts(base, after);
    expect(
      changes
        .filter(({ code }) => code.startsWith('diff/retry-'))
        .map((change) => change.message),
    ).toEqual([message]);
  });

  it.each([
    ['backward', true],
    ['full', false],
  ])(
    'advise to close an object under %s: %s, since old readers of a closed one refuse new fields',
    (mode, isAdvised) => {
      const before = replaced(base, [
        {
          from: 'parcel.sent: { type: integration, key: orderId, public: true, payload: { orderId: uuid, carrier: string, weight: number } }',
          to: `parcel.sent: { type: integration, compatibility: ${mode}, key: orderId, public: true, schema: { type: object, required: [orderId], properties: { orderId: { type: string, format: uuid } } } }`,
        },
      ]);
      const after = replaced(before, [
        {
          from: 'format: uuid } } }',
          to: 'format: uuid }, more: { type: string } } }',
        },
      ]);
      const { changes } = compareTexts(before, after);
      const refused = changes.find(
        ({ code }) => code === 'diff/payload-refused',
      );
      expect(refused?.hint).toContain('--policy lenient');
      expect(refused?.hint?.includes('additionalProperties')).toBe(isAdvised);
    },
  );
});
