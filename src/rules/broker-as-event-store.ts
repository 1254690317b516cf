// Event-sourced aggregates are kept in the broker.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/broker-as-event-store`. */
export const brokerAsEventStore = defineRule(
  {
    name: 'broker-as-event-store',
    area: 'broker',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Event-sourced aggregates are kept in the broker.',
    message:
      'the broker keeps the events of {aggregates}, and cannot refuse a write that is based on an old state',
    hint: 'Set "eventStore: postgresql" (or kurrentdb); their events are relayed to the broker all the same.',
    why: 'An event store appends only when the aggregate is still at the version that the decision was made on. A broker has no such check, and reading one aggregate means reading a whole partition.',
    source:
      'G. Young, "CQRS Documents" (optimistic concurrency); KAFKA-2260 "Allow specifying expected offset on produce"',
  },
  ({ model, sourced }) => {
    if (model.eventStore.value !== 'broker' || sourced().size === 0) return [];
    return [
      {
        at: model.eventStore.origin,
        aggregates: shortList([...sourced()].toSorted()),
      },
    ];
  },
);
