// An event moves as much as a whole partition or queue is made for.
import { formatSize } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/heavy-traffic`. */
export const heavyTraffic = defineRule(
  {
    name: 'heavy-traffic',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'Large messages of an event come so often that they fill the network.',
    message:
      '"{event}" moves {bytes} a second in messages of {size}, to each consumer group and each copy again',
    hint: 'Put the bulk of "{event}" into an object store and a reference to it into the payload.',
    why: "A partition is sized for 10 MB a second. The brokers copy the same bytes to their replicas and hand them to every group, so that one such event is the cluster's load.",
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Claim Check"; Confluent, "How to Choose the Number of Topics/Partitions in a Kafka Cluster"',
  },
  ({ model }) =>
    model.events.flatMap(({ name, volume }) => {
      if (volume === null) return [];
      const { bytes, ratePerSecond } = volume.value;
      const moved = bytes * ratePerSecond;
      // A megabyte and more has a rule of its own.
      const isLarge = bytes >= 100_000 && bytes <= 1_000_000;
      return isLarge && moved >= 10_000_000
        ? [
            {
              at: volume.origin,
              event: name,
              bytes: formatSize(moved),
              size: formatSize(bytes),
            },
          ]
        : [];
    }),
);
