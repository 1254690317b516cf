// Events that came, went or have another name.
import { defineKind } from '../change.ts';
import {
  consumersOf,
  hasConsumers,
  publishersOf,
  subject,
} from '../parties.ts';
import { aggregatesText, ownersOf, replayedFrom } from '../replays.ts';

/** Reports: `diff/event-*`. */
export const events = defineKind(
  {
    'event-added': {
      severity: 'info',
      message: 'the event "{event}" is new',
      hint: null,
      why: 'Nobody knows it yet, so nobody can break on it.',
    },
    'event-dropped': {
      severity: 'info',
      message: 'the event "{event}" is gone; nobody in the design consumed it',
      hint: null,
      why: 'An event without consumers can go. Whoever reads it without being in the design is not known here.',
    },
    'event-removed': {
      severity: 'error',
      message: 'the event "{event}" is gone, on which {who} counted',
      hint: 'Keep "{event}" until its consumers have moved, or say why it can go.',
      why: 'What a consumer waits for never comes again: reports stay empty, sagas run into their timeouts, and no error says so. Whose state is the replay of its events meets one that it does not know.',
    },
    'event-renamed': {
      severity: 'error',
      message: 'the event "{old}" is called "{event}" now',
      hint: 'Publish both names until every consumer knows the new one.',
      why: 'Brokers and consumers know an event by its name alone: in the envelope\'s "type", in routing keys, in rights. No broker renames what is in it already, and a consumer of the old name receives nothing under the new one.',
    },
  },
  (comparison, tell) => {
    const { before } = comparison;
    const { both, removed, added } = comparison.events();
    return [
      ...both
        .filter(({ before: old, after: now }) => old.name !== now.name)
        .map(({ before: old, after: now }) =>
          tell(
            'event-renamed',
            {
              subject: subject('event', now.name),
              pointer: now.origin,
              breaks: [
                consumersOf(before, old.name),
                publishersOf(before, old.name),
                ownersOf(replayedFrom(comparison, now)),
              ],
            },
            { old: old.name, event: now.name },
          ),
        ),
      ...removed.map((event) => {
        const { name, origin } = event;
        const consumers = consumersOf(before, name);
        const replayed = replayedFrom(comparison, event);
        const about = { subject: subject('event', name), pointer: origin };
        if (!hasConsumers(consumers) && replayed.length === 0)
          return tell('event-dropped', about, { event: name });
        const who = [
          ...consumers.services.map((one) => `"${one}"`),
          ...(consumers.hasOutsiders ? ['systems outside this design'] : []),
          ...(replayed.length > 0
            ? [`the replay of ${aggregatesText(replayed)}`]
            : []),
        ];
        return tell(
          'event-removed',
          { ...about, breaks: [consumers, ownersOf(replayed)] },
          { event: name, who: list(who) },
        );
      }),
      ...added.map(({ name, origin }) =>
        tell(
          'event-added',
          { subject: subject('event', name), pointer: origin },
          { event: name },
        ),
      ),
    ];
  },
);

const list = (parts: readonly string[]): string =>
  [parts.slice(0, -1).join(', '), ...parts.slice(-1)]
    .filter((part) => part !== '')
    .join(' and ');
