// A read model is built from an event that is delivered at most once.
import { defineRule } from './rule.ts';

/** Reports: `rule/lossy-projection`. */
export const lossyProjection = defineRule(
  {
    name: 'lossy-projection',
    area: 'delivery',
    severity: 'warning',
    profile: 'minimal',
    summary:
      'A read model is built from an event that is delivered at most once.',
    message:
      'projection "{projection}" is built from "{event}", which is delivered at most once, so it can be wrong for ever',
    hint: 'Set "delivery: at-least-once" on "{event}"; the projection ignores duplicates.',
    why: 'A read model holds what the events added up to. One lost event leaves a row wrong, and no later event repairs it.',
    source: 'M. Fowler, "CQRS"; G. Young, "CQRS Documents"',
  },
  ({ model }) =>
    model.subscriptions
      .filter(
        ({ role, delivery }) =>
          role.kind === 'projection' && delivery.value === 'at-most-once',
      )
      .map(({ pattern, role, delivery }) => ({
        at: delivery.origin,
        projection: role.name ?? '',
        event: pattern,
      })),
);
