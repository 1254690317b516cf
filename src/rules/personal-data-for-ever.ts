// Personal data is kept for ever.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/personal-data-for-ever`. */
export const personalDataForEver = defineRule(
  {
    name: 'personal-data-for-ever',
    area: 'security',
    severity: 'warning',
    profile: 'minimal',
    summary: 'Personal data is kept for ever.',
    message: 'personal data in "{event}" is kept for ever: {fields}',
    hint: 'Encrypt {fields} of "{event}" with a key for each person that can be deleted, or replace it by a reference to a store that can forget.',
    why: 'A person may ask to be forgotten. What stands in a log or event store cannot be taken out again, unless its key can be thrown away.',
    source:
      'Regulation (EU) 2016/679 (GDPR), article 17; M. Verraes, "Eventsourcing Patterns: Crypto-Shredding"',
  },
  ({ personal, events, channels, sourced }) =>
    [...personal()].flatMap(([name, paths]) => {
      const event = events().get(name);
      const retention = channels().get(event?.channel ?? '')?.retention.value;
      const isKept =
        sourced().has(event?.aggregate ?? '') || retention === 'forever';
      if (event === undefined || !isKept) return [];
      return [
        { at: event.payload.origin, event: name, fields: shortList(paths) },
      ];
    }),
);
