// A service receives personal data because a pattern happens to match it.
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/personal-data-by-pattern`. */
export const personalDataByPattern = defineRule(
  {
    name: 'personal-data-by-pattern',
    area: 'security',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A service receives personal data because a pattern happens to match it.',
    message:
      '"{service}" receives the personal data of {events} by the pattern "{pattern}"',
    hint: 'Name the events that "{service}" needs instead of "{pattern}".',
    why: 'A pattern also takes events that are added later. Nobody then decides who receives which personal data.',
    source: 'Regulation (EU) 2016/679 (GDPR), articles 5(1)(b) and 25',
  },
  ({ model, personal }) =>
    model.subscriptions.flatMap(({ service, pattern, events, origin }) => {
      if (!/[*#]/.test(pattern)) return [];
      const found = events.filter((event) => personal().has(event));
      if (found.length === 0) return [];
      return [{ at: origin, service, pattern, events: shortList(found) }];
    }),
);
