// How long channels keep messages, and whether they keep only the last of each key.
import { formatDuration } from '../../core/units.ts';
import type { Channel } from '../../model/model.ts';
import type { Retention } from '../../model/settings.ts';
import { defineKind, type Change } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { consumersOf, distinct, subject, type Broken } from '../parties.ts';

/** Reports: `diff/retention-*`, `diff/compaction-*`. */
export const retention = defineKind(
  {
    'retention-shortened': {
      severity: 'warning',
      message: 'the channel "{channel}" keeps messages {now} instead of {old}',
      hint: 'Make sure that no consumer lags or is down longer than {now}, and nobody replays older messages.',
      why: 'The broker deletes what is older at once. A consumer that lags or was stopped loses what it has not read, and nothing older can be replayed.',
    },
    'retention-lengthened': {
      severity: 'info',
      message: 'the channel "{channel}" keeps messages {now} instead of {old}',
      hint: null,
      why: 'Consumers may lag longer. It needs more room, and personal data stays longer.',
    },
    'compaction-on': {
      severity: 'warning',
      message:
        'the channel "{channel}" keeps only the last message of each key now',
      hint: 'Make sure that no consumer needs the history of "{channel}".',
      why: 'Compaction deletes every message that a later one of its key replaces: who reads from the beginning no longer sees what happened between.',
    },
    'compaction-off': {
      severity: 'warning',
      message:
        'the channel "{channel}" no longer keeps the last message of each key',
      hint: 'Make sure that nobody rebuilds a state by reading "{channel}" from its beginning.',
      why: 'Without compaction old messages go when the retention ends, also when they are the last of their key.',
    },
  },
  (comparison, tell) =>
    comparison.channels().both.flatMap(({ before: old, after: now }) => {
      const about = {
        subject: subject('channel', now.name),
        pointer: now.retention.origin,
      };
      const breaks = [readersOf(comparison, old)];
      const found: Change[] = [];
      if (old.retention.value !== now.retention.value) {
        const words = {
          channel: now.name,
          old: told(old.retention.value),
          now: told(now.retention.value),
        };
        found.push(
          isShorter(now.retention.value, old.retention.value)
            ? tell('retention-shortened', { ...about, breaks }, words)
            : tell('retention-lengthened', about, words),
        );
      }
      if (old.isCompacted.value !== now.isCompacted.value) {
        const slug = now.isCompacted.value ? 'compaction-on' : 'compaction-off';
        found.push(
          tell(
            slug,
            { ...about, pointer: now.isCompacted.origin, breaks },
            { channel: now.name },
          ),
        );
      }
      return found;
    }),
);

const told = (value: Retention): string =>
  value === 'forever' ? 'for ever' : formatDuration(value);

function isShorter(now: Retention, old: Retention): boolean {
  if (now === 'forever') return false;
  return old === 'forever' || now < old;
}

function readersOf({ before }: Comparison, { events }: Channel): Broken {
  const all = events.map((name) => consumersOf(before, name));
  return {
    role: 'consumers',
    services: distinct(all.flatMap(({ services }) => services)),
    hasOutsiders: all.some(({ hasOutsiders }) => hasOutsiders),
  };
}
