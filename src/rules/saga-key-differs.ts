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
    summary:
      'Outcomes of one saga instance that nobody asked for travel under another key.',
    message:
      'saga "{saga}" correlates by "{correlation}", which is not the key of {events}, so these can come before what they answer',
    hint: 'Key {events} by "{correlation}", so that they keep their order to what starts saga "{saga}".',
    why: 'The answer to a command comes after it under any key. An outcome that another service publishes in the same channel without being asked keeps its place behind the start only under the same key; before it, the coordinator knows no instance.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Correlation Identifier"; C. Richardson, Microservices Patterns, chapter 4',
  },
  ({ model, events, publicationsByEvent }) =>
    model.sagas.flatMap(
      ({ name, style, starts, steps, correlation, origin }) => {
        if (style !== 'orchestration') return [];
        const channel = events().get(starts)?.channel;
        const unasked = new Set(
          steps.flatMap(({ success, failure, participant }) =>
            [success, failure ?? success].filter((event) =>
              (publicationsByEvent().get(event) ?? []).some(
                ({ service }) => service !== participant,
              ),
            ),
          ),
        );
        const others = [...unasked].filter((event) => {
          const found = events().get(event);
          return (
            found !== undefined &&
            found.channel === channel &&
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
