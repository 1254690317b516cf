// Events whose channels are found. Member by member: a copy without one member costs ten times as much, for every event.
import type { Event } from '../model/model.ts';
import type { Sourced } from '../model/settings.ts';
import type { OncePerKey } from './once-per-key.ts';
import type { EventDraft } from './resolve-events.ts';

/** Makes the model's events of their drafts and channels; an event that no channel lists has one of its own. */
export const settleEvents = (
  drafts: readonly EventDraft[],
  channelOf: ReadonlyMap<string, string>,
  once: OncePerKey,
): readonly Event[] =>
  drafts.map((draft) =>
    settleEvent(draft, channelOf.get(draft.name) ?? draft.name, once(draft)),
  );

function settleEvent(
  draft: EventDraft,
  channel: string,
  isOncePerKey: Sourced<boolean>,
): Event {
  return {
    name: draft.name,
    kind: draft.kind,
    description: draft.description,
    aggregate: draft.aggregate,
    key: draft.key,
    isOncePerKey,
    version: draft.version,
    tags: draft.tags,
    isPublic: draft.isPublic,
    volume: draft.volume,
    payload: draft.payload,
    versions: draft.versions,
    headers: draft.headers,
    examples: draft.examples,
    delivery: draft.delivery,
    ordering: draft.ordering,
    retention: draft.retention,
    compatibility: draft.compatibility,
    origin: draft.origin,
    channel,
  };
}
