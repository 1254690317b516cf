// How read models are rebuilt: from what the broker keeps, or from the event store.
import type { Projection } from '../../model/model.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { plain, say, sayKept, series } from './say.ts';

/** Says how one read model is rebuilt with what its broker still has. */
export function rebuildText(
  { names, index, described, brokerWords }: DocumentContext,
  projection: Projection,
): RichText {
  const group = index.groups.get(projection.group);
  const histories = (group?.channels ?? []).flatMap((name) => {
    const channel = index.channels.get(name);
    return channel === undefined ? [] : [described.history(channel)];
  });
  const kept = histories.flatMap((history) => history ?? []);
  return sayKept(brokerWords, 'rebuild', {
    // A part of the history rebuilds nothing.
    kept: kept.length === histories.length ? kept : [],
    parameters: {
      projection: projection.name,
      service: projection.service,
      group: projection.group,
      queues: group === undefined ? '' : series(names.positions(group)),
    },
  });
}

/** Says how the generated code rebuilds: from the event store, and only its own services; empty where it cannot. */
export function rebuildTask({
  model,
  index,
  words,
}: DocumentContext): RichText {
  const sourced = new Set(
    model.aggregates
      .filter((one) => one.storage.value === 'event-sourced')
      .flatMap((one) => one.events),
  );
  const ours = model.projections.filter(
    (one) =>
      one.from.every((event) => sourced.has(event)) &&
      index.services.get(one.service)?.isExternal === false,
  );
  return ours.length === 0
    ? plain('')
    : say(words, 'guide.rebuild-task', {
        projections: ours.map((one) => one.name),
      });
}

/** Says which read models take no older version, so that a replay of a parked message changes nothing; empty for none. */
export function replayRefused({
  model,
  index,
  words,
}: DocumentContext): RichText {
  const names = new Set(
    model.flows.flatMap(({ assumptions, subscription }) =>
      assumptions.some(({ kind }) => kind === 'refused-replay')
        ? (index.subscriptions.get(subscription ?? '')?.role.name ?? [])
        : [],
    ),
  );
  return names.size === 0
    ? plain('')
    : say(words, 'guide.replay-refused', { projections: [...names] });
}
