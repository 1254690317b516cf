// An event carries so many fields that it shows a whole record.
import { countFields } from '../model/count-fields.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/fat-event`. */
export const fatEvent = defineRule(
  {
    name: 'fat-event',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'An event carries so many fields that it shows a whole record.',
    message:
      '"{event}" carries {count} fields, and whoever reads one of them is bound to all',
    hint: 'Keep in "{event}" what has happened and what its consumers read, and give what else they need an event of its own.',
    why: 'Every field is a promise: each change of the record behind it becomes a change of the contract. Consumers that need three fields are redeployed for the other forty.',
    source:
      'M. Fowler, "What do you mean by Event-Driven?" (event-carried state transfer); G. Young, "Versioning in an Event Sourced System"',
  },
  ({ model }) => {
    const countOf = countFields(model);
    return model.events.flatMap(({ name, payload }) => {
      const count = countOf(payload);
      return count <= mostFields
        ? []
        : [{ at: payload.origin, event: name, count }];
    });
  },
);

/** Judged, not measured: the largest hand-made payloads of the examples have a dozen. */
const mostFields = 30;
