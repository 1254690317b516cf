// Who reads messages again that were written long ago: aggregates that are the replay of their events, read models that are
// built anew, and dead letters that are put back.
import { quotedList } from '../core/text.ts';
import type { Aggregate, Event } from '../model/model.ts';
import type { Comparison } from './comparison.ts';
import { distinct, type Broken } from './parties.ts';
import type { Pair } from './side.ts';

/** Event-sourced aggregates that have an event in their history and are still read from it. */
export function replayedFrom(
  { before, after }: Pick<Comparison, 'before' | 'after'>,
  event: Pick<Event, 'aggregate'>,
): readonly Aggregate[] {
  const { aggregate } = event;
  if (aggregate === null) return [];
  const [old, now] = [before, after].map(({ facts }) =>
    facts.aggregates().get(aggregate),
  );
  return old?.storage.value === 'event-sourced' &&
    now?.storage.value === 'event-sourced'
    ? [now]
    : [];
}

/** The services that such aggregates belong to. */
export function ownersOf(aggregates: readonly Aggregate[]): Broken {
  return {
    role: 'owners',
    services: distinct(aggregates.map(({ service }) => service)),
    hasOutsiders: false,
  };
}

/** Names aggregates as those that are replayed. */
export function aggregatesText(aggregates: readonly Aggregate[]): string {
  const names = quotedList(distinct(aggregates.map(({ name }) => name)));
  return `the ${aggregates.length === 1 ? 'aggregate' : 'aggregates'} ${names}`;
}

/** Consumers that meet messages of an event again after they were handled or given up, and how. */
export interface Rereaders {
  readonly services: readonly string[];
  readonly ways: readonly string[];
}

/** Finds them among those who were there before: only what was kept then can be old. */
export function rereadersOf(
  { before, after, renames }: Comparison,
  pair: Pair<Event>,
): Rereaders {
  const built = after.model.projections.filter(
    ({ name, from }) =>
      from.includes(pair.after.name) &&
      before.model.projections.some((old) => old.name === name),
  );
  const had = new Set(
    (before.facts.subscriptionsByEvent().get(pair.before.name) ?? [])
      .filter(({ hasDeadLetter }) => hasDeadLetter.value)
      .map(({ service }) => renames.services.get(service) ?? service),
  );
  const parking = distinct(
    (after.facts.subscriptionsByEvent().get(pair.after.name) ?? [])
      .map(({ service }) => service)
      .filter((service) => had.has(service)),
  );
  return {
    services: distinct([...built.map(({ service }) => service), ...parking]),
    ways: [
      ...(built.length === 0
        ? []
        : [
            `the read ${built.length === 1 ? 'model' : 'models'} ${quotedList(built.map(({ name }) => name))} when built anew`,
          ]),
      ...(parking.length === 0
        ? []
        : [`${quotedList(parking)} when dead letters are put back`]),
    ],
  };
}
