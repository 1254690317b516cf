// The system has a target volume, but no event says its share.
import { child } from '../core/pointer.ts';
import { formatRate } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/volume-unassigned`. */
export const volumeUnassigned = defineRule(
  {
    name: 'volume-unassigned',
    area: 'operations',
    severity: 'info',
    profile: 'recommended',
    summary: 'The system has a target volume, but no event says its share.',
    message:
      'the system is to carry {rate}, but no event says how much of it is its own',
    hint: 'Add "volume: {example}" to the events that make up most of the {rate}.',
    why: 'Partitions, lanes, queue lengths and disks are sized from the volume of each event. A total over all of them sizes nothing.',
    source:
      'J. Rao, "How to choose the number of topics/partitions in a Kafka cluster" (Confluent)',
  },
  ({ model }) => {
    const { ratePerSecond, origin } = model.context;
    if (
      ratePerSecond === null ||
      model.events.some(({ volume }) => volume !== null)
    )
      return [];
    return [
      {
        at: child(origin, 'volume'),
        rate: formatRate(ratePerSecond),
        example: '{ rate: 100/s, peak: 400/s, size: 1KiB }',
      },
    ];
  },
);
