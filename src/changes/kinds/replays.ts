// Old messages that are met again: by read models that are built anew, and out of dead letters.
import { changesText, describeChange } from '../describe-change.ts';
import { defineKind } from '../change.ts';
import { broken, subject } from '../parties.ts';
import {
  comparable,
  isSameSchema,
  jointContent,
  upgradeOrder,
} from '../payload-check.ts';
import { demandOf } from '../payload-readers.ts';
import { rereadersOf } from '../replays.ts';

/** Reports: `diff/payload-unreplayable`. */
export const replays = defineKind(
  {
    'payload-unreplayable': {
      severity: 'warning',
      message:
        'the new payload of "{event}" refuses old messages ({changes}), which are read again by {ways}',
      hint: 'Put dead letters back before the change is deployed, and make the new field optional where a read model has to be built from old events.',
      why: 'The declared compatibility lets new consumers refuse what was published before them. Those that have worked off everything still meet it again: in dead letters, and when a read model is built from the beginning.',
    },
  },
  (comparison, tell) =>
    comparison.events().both.flatMap((pair) => {
      // A promise to read old events is held by the payload's own check.
      const { mode } = demandOf(comparison, pair);
      if (mode !== 'forward' && mode !== 'forward-transitive') return [];
      const content = jointContent(pair);
      const last = comparable(comparison.before, pair.before.payload, content);
      const now = comparable(comparison.after, pair.after.payload, content);
      if (isSameSchema(last, now)) return [];
      if (upgradeOrder(now, last, comparison.policy) !== 'publishers')
        return [];
      const { services, ways } = rereadersOf(comparison, pair);
      const { name, payload } = pair.after;
      return ways.length === 0
        ? []
        : [
            tell(
              'payload-unreplayable',
              {
                subject: subject('event', name),
                pointer: payload.origin,
                breaks: [broken('consumers', services)],
              },
              {
                event: name,
                changes: changesText(describeChange(last, now)),
                ways: ways.join(', and by '),
              },
            ),
          ];
    }),
);
