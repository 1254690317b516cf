// Outcomes of one saga instance travel under different keys.
import { isSameKey, keyName } from '../model/event-key.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/saga-key-differs`. */
export const sagaKeyDiffers = defineRule(
  {
    name: 'saga-key-differs',
    area: 'sagas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Outcomes of one saga instance travel under different keys.',
    message:
      'saga "{saga}" correlates by "{correlation}", which is not the key of {events}',
    hint: 'Key {events} by "{correlation}", so that the outcomes of one instance come in order.',
    why: "Order holds per key. Outcomes of one instance under different keys are handled side by side by the copies of the coordinator, which then change one saga's state at once.",
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Correlation Identifier"; C. Richardson, Microservices Patterns, chapter 4',
  },
  ({ model, events }) =>
    model.sagas.flatMap(
      ({ name, style, starts, steps, correlation, origin }) => {
        if (style !== 'orchestration') return [];
        const handled = new Set([
          starts,
          ...steps.flatMap(({ success, failure }) =>
            failure === null ? [success] : [success, failure],
          ),
        ]);
        const others = [...handled].filter((event) => {
          const found = events().get(event);
          return (
            found !== undefined &&
            found.ordering.value !== 'none' &&
            !isSameKey(found.key, correlation)
          );
        });
        if (others.length === 0) return [];
        return [
          {
            at: { pointer: origin, at: 'key' },
            saga: name,
            correlation: keyName(correlation),
            events: shortList(others),
          },
        ];
      },
    ),
);
