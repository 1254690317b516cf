// Personal data is in an event that is read outside this system.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/public-personal-data`. */
export const publicPersonalData = defineRule(
  {
    name: 'public-personal-data',
    area: 'security',
    severity: 'warning',
    profile: 'minimal',
    summary: 'Personal data is in an event that is read outside this system.',
    message: 'the public event "{event}" carries personal data: {fields}',
    hint: 'Leave {fields} out of "{event}", or publish it to known consumers only and remove "public".',
    why: 'Whoever reads it keeps copies that nobody here can find, correct or delete.',
    source: 'Regulation (EU) 2016/679 (GDPR), articles 5(1)(c) and 28',
  },
  ({ personal, events }) =>
    [...personal()].flatMap(([name, paths]) => {
      const event = events().get(name);
      if (event?.isPublic !== true) return [];
      return [
        { at: event.payload.origin, event: name, fields: shortList(paths) },
      ];
    }),
);
