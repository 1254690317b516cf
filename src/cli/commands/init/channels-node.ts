// Channels of a spec that init writes: events of one thing share one, since order holds within a channel only (ADR-0019).
import { gather } from '../../../core/gather.ts';
import { kebabCase } from '../../../core/text.ts';
import { keyedThing } from '../../../model/event-key.ts';
import type {
  CommentedEntry,
  CommentedMap,
} from '../../../render/commented-yaml.ts';
import type { Answers, EventAnswer } from './answers.ts';

/** Writes a channel for the events of one key and one publisher, where they are to be in order and no aggregate joins them. */
export function channelsNode(answers: Answers): CommentedMap {
  const { events, aggregates, ordering } = answers;
  const inAggregates = new Set(aggregates.flatMap((one) => one.events));
  const loose = events.filter(
    ({ name, kind }) => kind !== 'command' && !inAggregates.has(name),
  );
  const groups = gather(loose, ({ name, key, publisher }) =>
    ordering !== 'per-key' || key === null || publisher === null
      ? []
      : [JSON.stringify([publisher, keyedThing(name, key)])],
  );
  const taken = new Set([
    ...events.map(({ name }) => name),
    ...aggregates.map(({ name }) => name),
  ]);
  const entries = [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group): CommentedEntry => {
      const name = channelName(group, taken);
      taken.add(name);
      return {
        key: name,
        node: {
          kind: 'map',
          entries: [
            {
              key: 'events',
              node: {
                kind: 'value',
                value: group.map((event) => event.name),
                comment: null,
              },
              above: [],
              hasBlankLineBefore: false,
              isCommentedOut: false,
            },
          ],
        },
        above: [],
        hasBlankLineBefore: false,
        isCommentedOut: false,
      };
    });
  return { kind: 'map', entries };
}

/** Their first word when they share it, else what their key identifies; with the publisher before it when that is taken. */
function channelName(
  group: readonly EventAnswer[],
  taken: ReadonlySet<string>,
): string {
  const [first] = group;
  const words = new Set(group.map(({ name }) => name.split('.')[0] ?? name));
  const [word = ''] = words;
  const thing = kebabCase((first?.key ?? '').replace(/_?[iI][dD]$/, ''));
  const own = words.size === 1 ? word : thing;
  const publisher = first?.publisher ?? '';
  const names = [own, `${publisher}.${own}`, `${publisher}.${own}.events`];
  return (
    names.find((name) => !taken.has(name)) ??
    `${publisher}.channel-${taken.size}`
  );
}
