// Personal data stays in the log for more than thirty days.
import { shortList } from '../core/text.ts';
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/personal-data-long`. */
export const personalDataLong = defineRule(
  {
    name: 'personal-data-long',
    area: 'security',
    severity: 'info',
    profile: 'recommended',
    summary: 'Personal data stays in the log for more than thirty days.',
    message:
      'personal data in "{event}" stays in channel "{channel}" for {retention}: {fields}',
    hint: 'Lower the retention of "{event}" to at most {limit}, or replace {fields} by a reference to a store that can forget.',
    why: 'A request to be forgotten has to be answered within a month. Until the log has forgotten by itself, nothing can be taken out of it.',
    source: 'Regulation (EU) 2016/679 (GDPR), articles 5(1)(e) and 12(3)',
  },
  ({ personal, events, channels, sourced }) =>
    [...personal()].flatMap(([name, paths]) => {
      const event = events().get(name);
      const channel = channels().get(event?.channel ?? '');
      const retention = channel?.retention.value ?? 'forever';
      if (
        event === undefined ||
        retention === 'forever' ||
        retention <= limitMs
      )
        return [];
      if (sourced().has(event.aggregate ?? '')) return [];
      return [
        {
          at: event.payload.origin,
          event: name,
          fields: shortList(paths),
          channel: event.channel,
          retention: formatDuration(retention),
          limit: formatDuration(limitMs),
        },
      ];
    }),
);

const limitMs = 30 * 86_400_000;
