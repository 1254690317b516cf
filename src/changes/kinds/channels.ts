// Channels: topics and exchanges, whose names no broker changes.
import type { Channel } from '../../model/model.ts';
import { defineKind, type Change } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import {
  consumersOf,
  distinct,
  publishersOf,
  subject,
  type Broken,
} from '../parties.ts';

/** Reports: `diff/channel-*`, `diff/event-moved`. */
export const channels = defineKind(
  {
    'channel-added': {
      severity: 'info',
      message: 'the channel "{channel}" is new',
      hint: null,
      why: 'It has to exist on the broker before services that use it are deployed.',
    },
    'channel-removed': {
      severity: 'warning',
      message: 'the channel "{channel}" is gone from the design',
      hint: 'Delete it on the broker once nobody reads what is left in it.',
      why: 'The broker keeps it, with everything in it, until somebody deletes it.',
    },
    'channel-renamed': {
      severity: 'error',
      message: 'the channel "{old}" is called "{channel}" now',
      hint: 'Keep the name "{old}", or run both channels until every consumer has worked off the old one.',
      why: "No broker renames a topic or exchange: a new one is made, the old one keeps its messages and its readers' positions, and whoever is not deployed at the same time writes or reads in the wrong one.",
    },
    'event-moved': {
      severity: 'error',
      message:
        '"{event}" moved from the channel "{old}" to the channel "{channel}"',
      hint: 'Leave "{event}" in "{old}", or publish to both until every consumer has moved.',
      why: 'Consumers of the old channel receive nothing more, order between old and new messages is lost, and order with the other events of a channel changes.',
    },
  },
  (comparison, tell) => {
    const { both, removed, added } = comparison.channels();
    const moved = comparison
      .events()
      .both.filter(({ before: old, after: now }) => {
        const known =
          comparison.renames.channels.get(old.channel) ?? old.channel;
        // A channel that is named after its one event has its new name from there.
        return known !== now.channel && old.name === now.name;
      });
    const found: Change[] = both
      .filter(({ before: old, after: now }) => old.name !== now.name)
      .filter(({ after: now }) => !isNamedAfterRenamed(comparison, now))
      .map(({ before: old, after: now }) =>
        tell(
          'channel-renamed',
          {
            subject: subject('channel', now.name),
            pointer: now.origin,
            breaks: usersOf(comparison, old),
            told: comparison.before.broker.changeWords.channelRenamed,
          },
          { old: old.name, channel: now.name },
        ),
      );
    return [
      ...found,
      ...moved.map(({ before: old, after: now }) =>
        tell(
          'event-moved',
          {
            subject: subject('event', now.name),
            pointer: now.origin,
            breaks: [
              consumersOf(comparison.before, old.name),
              publishersOf(comparison.before, old.name),
            ],
          },
          { event: now.name, old: old.channel, channel: now.channel },
        ),
      ),
      ...removed.map(({ name, origin }) =>
        tell(
          'channel-removed',
          { subject: subject('channel', name), pointer: origin },
          { channel: name },
        ),
      ),
      ...added.map(({ name, origin }) =>
        tell(
          'channel-added',
          { subject: subject('channel', name), pointer: origin },
          { channel: name },
        ),
      ),
    ];
  },
);

function isNamedAfterRenamed(
  { renames }: Comparison,
  { events, kind }: Channel,
): boolean {
  const renamed = [...renames.events.values()];
  return kind !== 'declared' && events.some((name) => renamed.includes(name));
}

function usersOf(
  { before }: Comparison,
  { events }: Channel,
): readonly Broken[] {
  const consumers = events.map((name) => consumersOf(before, name));
  const publishers = events.map((name) => publishersOf(before, name));
  return [join('consumers', consumers), join('publishers', publishers)];
}

const join = (role: Broken['role'], all: readonly Broken[]): Broken => ({
  role,
  services: distinct(all.flatMap(({ services }) => services)),
  hasOutsiders: all.some(({ hasOutsiders }) => hasOutsiders),
});
