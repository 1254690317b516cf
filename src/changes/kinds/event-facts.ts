// What an event is: its kind, and whether systems outside may count on it.
import { defineKind } from '../change.ts';
import { consumersOf, publishersOf, subject } from '../parties.ts';

/** Reports: `diff/kind-changed`, `diff/public-*`. */
export const eventFacts = defineKind(
  {
    'kind-changed': {
      severity: 'error',
      message: '"{event}" was a {old} event and is a {kind} event now',
      hint: 'Give the new kind a name of its own, and retire "{event}".',
      why: 'A command goes to one queue, an event to every subscriber. What carries it changes with its kind, so those who are not deployed at the same time send or listen in the wrong place.',
    },
    'kind-refined': {
      severity: 'info',
      message: '"{event}" was a {old} event and is a {kind} event now',
      hint: null,
      why: 'Domain and integration events travel the same way; the word says who may count on them.',
    },
    'public-granted': {
      severity: 'info',
      message: '"{event}" is public now',
      hint: null,
      why: 'From now on systems outside this design may count on it, and it cannot be changed without them.',
    },
    'public-withdrawn': {
      severity: 'error',
      message: '"{event}" is no longer public',
      hint: 'Ask those outside who consume "{event}" before it is withdrawn.',
      why: 'Systems outside this design were told that they may count on it, and nobody here knows which of them do.',
    },
  },
  (comparison, tell) =>
    comparison.events().both.flatMap(({ before: old, after: now }) => {
      const about = {
        subject: subject('event', now.name),
        pointer: now.origin,
      };
      const found = [];
      if (old.kind !== now.kind) {
        const isMoved = [old.kind, now.kind].includes('command');
        const breaks = [
          consumersOf(comparison.before, old.name),
          publishersOf(comparison.before, old.name),
        ];
        const words = { event: now.name, old: old.kind, kind: now.kind };
        found.push(
          isMoved
            ? tell('kind-changed', { ...about, breaks }, words)
            : tell('kind-refined', about, words),
        );
      }
      if (!old.isPublic && now.isPublic)
        found.push(tell('public-granted', about, { event: now.name }));
      if (old.isPublic && !now.isPublic) {
        const outside = {
          role: 'consumers',
          services: [],
          hasOutsiders: true,
        } as const;
        found.push(
          tell(
            'public-withdrawn',
            { ...about, breaks: [outside] },
            { event: now.name },
          ),
        );
      }
      return found;
    }),
);
