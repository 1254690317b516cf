// Whether and how read models are rebuilt: by a command from their own service's store, from what the broker keeps, by
// the owner of the events who publishes them again, or not at all.
import type { Channel, Projection } from '../../model/model.ts';
import {
  rebuildSources,
  refusedStore,
  storedWith,
} from '../../model/stored-events.ts';
import type { RichText } from '../../render/rich-text.ts';
import { shellWord } from '../../render/escape-shell.ts';
import type { DocumentContext } from './document-context.ts';
import { factsText } from './infrastructure-section.ts';
import { storeName } from './patterns-section.ts';
import { codes, joinRich, plain, say, series, word } from './say.ts';

/** `command`: a script of the generated code; `kept`: the broker has all of it; `owner`: some of it only owners' stores. */
export const rebuildWays = ['command', 'kept', 'owner', 'none'] as const;
export type RebuildWay = (typeof rebuildWays)[number];

/** Decides how a read model is rebuilt; the first way that there is, the least work first. */
export function rebuildWay(
  context: DocumentContext,
  projection: Projection,
): RebuildWay {
  const { model } = context;
  if (
    refusedStore(model) === null &&
    rebuildSources(model, projection).length > 0
  )
    return 'command';
  const gone = forgotten(context, projection);
  if (gone.length === 0) return 'kept';
  return gone.every((event) => storedWith(model, event) !== null)
    ? 'owner'
    : 'none';
}

/** Says whether and how one read model is rebuilt. */
export function rebuildText(
  context: DocumentContext,
  projection: Projection,
): RichText {
  const { model, words, brokerWords } = context;
  const { name, service } = projection;
  const way = rebuildWay(context, projection);
  const gone = forgotten(context, projection);
  switch (way) {
    case 'command':
      return say(words, 'guide.rebuild.command', {
        projection: name,
        service,
        store: storeName(context),
        command: `npm --prefix code run rebuild -- ${shellWord(name)}`,
      });
    case 'kept':
      return joinRich([
        say(words, 'guide.rebuild.kept', {
          projection: name,
          ...keptIn(context, projection),
        }),
        say(brokerWords, 'rebuild', places(context, projection)),
        emptying(context, projection),
      ]);
    case 'owner':
      return joinRich([
        say(words, 'guide.rebuild.owner', {
          projection: name,
          events: gone,
          services: [
            ...new Set(
              gone.flatMap((event) => storedWith(model, event)?.service ?? []),
            ),
          ],
        }),
        emptying(context, projection),
      ]);
    case 'none':
      return say(words, 'guide.rebuild.none', {
        projection: name,
        events: gone.filter((event) => storedWith(model, event) === null),
      });
    default:
      return way satisfies never;
  }
}

/** Says for a decision record, by way, which read models are rebuilt so. */
export function rebuildsRecord(context: DocumentContext): RichText {
  return joinRich(
    rebuildWays.flatMap((way) => {
      const projections = context.model.projections
        .filter((one) => rebuildWay(context, one) === way)
        .map(({ name }) => name);
      return projections.length === 0
        ? []
        : [say(context.decisionWords, `cqrs.rebuild.${way}`, { projections })];
    }),
  );
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

/** Events that the broker has no more once they are handled. */
function forgotten(
  { index, described }: DocumentContext,
  { from }: Projection,
): readonly string[] {
  return from.filter((event) => {
    const channel = index.channels.get(index.events.get(event)?.channel ?? '');
    return channel === undefined || described.history(channel) === null;
  });
}

const channelsOf = (
  { index }: DocumentContext,
  projection: Projection,
): readonly Channel[] =>
  (index.groups.get(projection.group)?.channels ?? []).flatMap(
    (name) => index.channels.get(name) ?? [],
  );

/** Where the broker has the events, and how far back each place reaches. */
function keptIn(
  context: DocumentContext,
  projection: Projection,
): { readonly kept: RichText } {
  const { described, brokerWords, words } = context;
  return {
    kept: joinRich(
      channelsOf(context, projection).map((channel) =>
        say(words, 'guide.rebuild.place', {
          place: described.history(channel) ?? channel.name,
          keeps: factsText(brokerWords, described.keeps(channel)),
        }),
      ),
      word(words, 'separator'),
    ),
  };
}

function places(
  { names, index }: DocumentContext,
  { group, from }: Projection,
): Readonly<Record<string, RichText>> {
  const found = index.groups.get(group);
  return {
    group: codes([group]),
    events: codes(from),
    queues: found === undefined ? plain('') : series(names.positions(found)),
  };
}

/** The generated projector notes what it has applied: a read model that is only emptied would take nothing again. */
function emptying(
  { index, words }: DocumentContext,
  { name, group, service }: Projection,
): RichText {
  return index.services.get(service)?.isExternal === true
    ? say(words, 'guide.rebuild.empty-foreign', { service })
    : say(words, 'guide.rebuild.empty', { service, projection: name, group });
}
