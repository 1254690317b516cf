// A read model cannot be built again, as its events are not kept.
import { smallest } from '../core/lists.ts';
import { shortList } from '../core/text.ts';
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unrebuildable-projection`. */
export const unrebuildableProjection = defineRule(
  {
    name: 'unrebuildable-projection',
    area: 'operations',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A read model cannot be built again, as its events are not kept.',
    message:
      'projection "{projection}" cannot be rebuilt from {events}, forgotten after {retention}',
    hint: 'Set "retention: forever" on {events}, or keep their aggregate with "storage: event-sourced".',
    why: 'A read model is thrown away and built again whenever its shape changes or a fault spoilt it. Rows whose events are gone then vanish.',
    source:
      'G. Young, "CQRS Documents"; M. Kleppmann, Designing Data-Intensive Applications, chapter 11',
  },
  ({ model, events, channels, sourced }) =>
    model.projections.flatMap(({ name, from, origin }) => {
      const lost = from.flatMap((event) => {
        const found = events().get(event);
        const channel = channels().get(found?.channel ?? '');
        if (found === undefined || channel === undefined) return [];
        if (sourced().has(found.aggregate ?? '') || channel.isCompacted.value)
          return [];
        const retention = channel.retention.value;
        return retention === 'forever' ? [] : [{ event, retention }];
      });
      if (lost.length === 0) return [];
      return [
        {
          at: { pointer: origin, at: 'key' },
          projection: name,
          events: shortList(lost.map(({ event }) => event)),
          retention: formatDuration(
            smallest(lost.map(({ retention }) => retention)),
          ),
        },
      ];
    }),
);
