// Events that are kept for ever are checked against their last version only.
import { defineRule } from './rule.ts';

/** Reports: `rule/non-transitive-history`. */
export const nonTransitiveHistory = defineRule(
  {
    name: 'non-transitive-history',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'Events that are kept for ever are checked against their last version only.',
    message:
      '"{event}" is kept for ever in {count} versions, but "{mode}" compares each with the one before it only',
    hint: 'Set "compatibility: {mode}-transitive" on "{event}".',
    why: 'A log or event store that is read from its beginning holds every version. Two versions that are compatible with their neighbours need not be so with each other.',
    source: 'Confluent, "Schema Evolution and Compatibility"',
  },
  ({ model, channels, sourced }) =>
    model.events.flatMap(
      ({
        name,
        aggregate,
        channel,
        version,
        versions,
        compatibility,
        origin,
      }) => {
        const isKept =
          sourced().has(aggregate ?? '') ||
          channels().get(channel)?.retention.value === 'forever';
        const mode = compatibility.value;
        const isChecked = mode === 'none' || mode.endsWith('-transitive');
        // With two versions, each is the other's only neighbour.
        if (!isKept || isChecked || Math.max(version, versions.length + 1) < 3)
          return [];
        const count = Math.max(version, versions.length + 1);
        return [
          { at: { pointer: origin, at: 'key' }, event: name, count, mode },
        ];
      },
    ),
);
