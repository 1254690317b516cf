// Events that a saga waits for are delivered at most once.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/lossy-saga-message`. */
export const lossySagaMessage = defineRule(
  {
    name: 'lossy-saga-message',
    area: 'delivery',
    severity: 'warning',
    profile: 'minimal',
    summary: 'Events that a saga waits for are delivered at most once.',
    message: 'saga "{saga}" waits for {events}, delivered at most once',
    hint: 'Set "delivery: at-least-once" on {events}.',
    why: 'When such a message is lost the saga stands still until its timeout, and then undoes work that had succeeded.',
    source:
      'C. Richardson, Microservices Patterns, chapter 4 "Managing transactions with sagas"',
  },
  ({ model }) => {
    const lossy = model.subscriptions.filter(
      ({ role, delivery }) =>
        role.kind === 'saga' && delivery.value === 'at-most-once',
    );
    return [...gather(lossy, ({ role }) => [role.name ?? ''])].map(
      ([saga, found]) => ({
        at: found[0]?.delivery.origin ?? '',
        saga,
        events: shortList([...new Set(found.map(({ pattern }) => pattern))]),
      }),
    );
  },
);
