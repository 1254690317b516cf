// What an event is: its kind, the aggregate that it belongs to, and whether systems outside may count on it.
import { defineKind } from '../change.ts';
import { consumersOf, publishersOf, subject } from '../parties.ts';
import { ownersOf, replayedFrom } from '../replays.ts';

/** Reports: `diff/kind-*`, `diff/aggregate-reassigned`, `diff/history-split`, `diff/public-*`. */
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
    'aggregate-reassigned': {
      severity: 'info',
      message: '"{event}" belongs to {now} instead of {old}',
      hint: null,
      why: 'Consumers know an event by its name and notice nothing. A channel or a key that follows from the aggregate is told on its own.',
    },
    'history-split': {
      severity: 'error',
      message:
        '"{event}" belongs to {now} instead of {old}, which is replayed from it',
      hint: 'Leave "{event}" with {old}, and tell what is new under a name of its own.',
      why: 'What was written stays in the history of the old aggregate, which cannot be loaded any more: its replay meets an event that it does not know.',
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
      if (old.aggregate !== now.aggregate) {
        const words = {
          event: now.name,
          old: aggregateText(old.aggregate),
          now: aggregateText(now.aggregate),
        };
        const replayed = replayedFrom(comparison, old);
        found.push(
          replayed.length > 0
            ? tell(
                'history-split',
                { ...about, breaks: [ownersOf(replayed)] },
                words,
              )
            : tell('aggregate-reassigned', about, words),
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

const aggregateText = (name: string | null): string =>
  name === null ? 'no aggregate' : `the aggregate "${name}"`;
