// A read model may be no older than the time that it takes to handle one event.
import { largest } from '../core/lists.ts';
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unattainable-staleness`. */
export const unattainableStaleness = defineRule(
  {
    name: 'unattainable-staleness',
    area: 'errors',
    severity: 'error',
    profile: 'recommended',
    summary:
      'A read model may be no older than the time that it takes to handle one event.',
    message:
      'projection "{projection}" may be {staleness} old, but handling one of {events} takes {processing}',
    hint: 'Raise "staleness" of projection "{projection}" above {processing}, or make its handler faster.',
    why: 'What is read is at least as old as the newest event takes to be written down. A bound below that is broken by every single event.',
    source:
      'D. Terry, "Replicated Data Consistency Explained Through Baseball" (bounded staleness)',
  },
  ({ model }) => {
    const byProjection = gather(
      model.subscriptions.filter(({ role }) => role.kind === 'projection'),
      ({ role }) => [role.name ?? ''],
    );
    return model.projections.flatMap(({ name, stalenessMs }) => {
      const slow = (byProjection.get(name) ?? []).filter(
        ({ processingMs }) =>
          stalenessMs !== null && processingMs.value >= stalenessMs.value,
      );
      if (stalenessMs === null || slow.length === 0) return [];
      const processing = largest(
        slow.map(({ processingMs }) => processingMs.value),
      );
      return [
        {
          at: stalenessMs.origin,
          projection: name,
          staleness: formatDuration(stalenessMs.value),
          events: shortList(slow.map(({ pattern }) => pattern)),
          processing: formatDuration(processing),
        },
      ];
    });
  },
);
