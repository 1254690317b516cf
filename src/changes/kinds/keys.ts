// Keys: what decides the partition or queue in which the order of an event holds.
import { isSameKey, writtenKey, type EventKey } from '../../model/event-key.ts';
import { defineKind } from '../change.ts';
import { consumersOf, publishersOf, subject } from '../parties.ts';

/** Reports: `diff/key-*`. */
export const keys = defineKind(
  {
    'key-changed': {
      severity: 'error',
      message: 'the key of "{event}" went from "{old}" to "{key}"',
      hint: 'Keep "key: {old}", or publish under a new event in a new channel and let the old one run dry.',
      why: 'The key decides the partition or queue. Events of one thing now go elsewhere than those before them, so they overtake each other, and consumers that keep state by key look for it in the wrong place.',
    },
    'key-removed': {
      severity: 'error',
      message: '"{event}" lost its key "{old}"',
      hint: 'Keep "key: {old}", or state that its order matters to nobody.',
      why: 'Without a key a message goes to any partition or queue, so the order of what belongs together is lost.',
    },
    'key-added': {
      severity: 'warning',
      message: '"{event}" has the key "{key}" now',
      hint: 'Let consumers work off what was published without a key before they count on the order.',
      why: 'From now on order holds per key. Messages published before went to any partition or queue, and may still be overtaken.',
    },
  },
  (comparison, tell) =>
    comparison.events().both.flatMap(({ before: old, after: now }) => {
      if (isSameKey(old.key, now.key)) return [];
      const about = {
        subject: subject('event', now.name),
        pointer: now.key === null ? now.origin : `${now.origin}/key`,
        breaks: [consumersOf(comparison.before, old.name)],
      };
      if (old.key === null)
        return [
          tell('key-added', about, { event: now.name, key: nameOf(now.key) }),
        ];
      if (now.key === null)
        return [
          tell('key-removed', about, { event: now.name, old: nameOf(old.key) }),
        ];
      const breaks = [
        ...about.breaks,
        publishersOf(comparison.before, old.name),
      ];
      return [
        tell(
          'key-changed',
          { ...about, breaks },
          { event: now.name, old: nameOf(old.key), key: nameOf(now.key) },
        ),
      ];
    }),
);

/** As a spec writes it, on one line. */
function nameOf(key: EventKey | null): string {
  if (key === null) return '';
  const written = writtenKey(key);
  return typeof written === 'string' ? written : `[${written.join(', ')}]`;
}
