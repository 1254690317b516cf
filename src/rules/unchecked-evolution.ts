// Events that others consume may change in any way.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unchecked-evolution`. */
export const uncheckedEvolution = defineRule(
  {
    name: 'unchecked-evolution',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Events that others consume may change in any way.',
    message:
      'the payloads of {events} may change in any way, since their compatibility is "none"',
    hint: 'Set "compatibility: backward" (or forward, full) for {events}.',
    why: 'Without a declared mode no change is refused before it is deployed. The first to see a breaking one is a consumer in production.',
    source: 'Confluent, "Schema Evolution and Compatibility"',
  },
  ({ model, subscriptionsByEvent }) => {
    const free = model.events.filter(
      ({ name, compatibility, isPublic }) =>
        compatibility.value === 'none' &&
        (isPublic || subscriptionsByEvent().has(name)),
    );
    // A mode that is written for the whole system is told once.
    return [...gather(free, ({ compatibility }) => [compatibility.origin])].map(
      ([at, events]) => ({
        at,
        events: shortList(events.map(({ name }) => name)),
      }),
    );
  },
);
