// Channels: declared ones, one per aggregate, one per other event, one per command.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import type { Channel, ChannelKind, Guarantees } from '../model/model.ts';
import type { RawChannel } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { EventDraft } from './resolve-events.ts';
import { writtenGuarantees } from './resolve-guarantees.ts';
import {
  adviceFor,
  entriesOf,
  entry,
  eventNamed,
  type Scope,
} from './scope.ts';
import { byDefault, derived, written } from './sourced.ts';
import { strongestDelivery, strongestOrdering } from './strongest.ts';

interface Carried {
  readonly kind: ChannelKind;
  readonly events: string[];
  /** What makes this channel, in words, for messages. */
  readonly owner: string;
}

export interface ChannelPlan {
  readonly channels: readonly Channel[];
  /** The channel of each event, by the event's name. */
  readonly channelOf: ReadonlyMap<string, string>;
}

/** Resolves which channel carries which event. Reports: event-in-two-channels, repeated-event, channel-name-taken, channel-empty, command-in-channel, unknown-event. */
export function resolveChannels(
  scope: Scope,
  events: readonly EventDraft[],
  guarantees: Guarantees,
): ChannelPlan {
  const carried = new Map<string, Carried>();
  const channelOf = new Map<string, string>();
  placeDeclared(scope, { events, carried, channelOf });
  for (const event of events) {
    if (channelOf.has(event.name)) continue;
    const kind = kindOf(event);
    const name =
      kind === 'aggregate'
        ? (event.aggregate ?? event.name)
        : (event.queue ?? event.name);
    const owner =
      kind === 'aggregate'
        ? `the aggregate "${name}"`
        : `the ${kind} "${event.name}"`;
    place(scope, { event, name, kind, owner }, { carried, channelOf });
  }
  reportEmpty(scope, carried);
  const drafts = new Map(events.map((event) => [event.name, event]));
  const channels = [...carried].map(([name, channel]) =>
    resolveChannel(scope, { name, ...channel }, { drafts, guarantees }),
  );
  return { channels, channelOf };
}

interface Placing {
  readonly carried: Map<string, Carried>;
  readonly channelOf: Map<string, string>;
}

const kindOf = (event: EventDraft): ChannelKind => {
  if (event.kind === 'command') return 'command';
  return event.aggregate === null ? 'event' : 'aggregate';
};

function placeDeclared(
  scope: Scope,
  placing: Placing & { readonly events: readonly EventDraft[] },
): void {
  const kinds = new Map(
    placing.events.map((event) => [event.name, event.kind]),
  );
  for (const [channel, raw] of entriesOf(scope.raw.channels)) {
    for (const [index, name] of (raw.events ?? []).entries()) {
      const at = pointer('channels', channel, 'events', index);
      if (
        eventNamed(scope, name, {
          pointer: at,
          where: `channel "${channel}"`,
        }) === null
      )
        continue;
      const first = placing.channelOf.get(name);
      if (kinds.get(name) === 'command') {
        scope.report(
          resolveDiagnostics.make(
            'command-in-channel',
            { pointer: at },
            { channel, command: name },
          ),
        );
      } else if (first === undefined) {
        placing.channelOf.set(name, channel);
        const known = placing.carried.get(channel);
        if (known === undefined)
          placing.carried.set(channel, {
            kind: 'declared',
            events: [name],
            owner: `the channel "${channel}"`,
          });
        else known.events.push(name);
      } else if (first === channel) {
        scope.report(
          resolveDiagnostics.make(
            'repeated-event',
            { pointer: at, change: { kind: 'remove' } },
            { where: `channel "${channel}"`, event: name },
          ),
        );
      } else {
        scope.report(
          resolveDiagnostics.make(
            'event-in-two-channels',
            { pointer: at },
            { event: name, first, second: channel },
          ),
        );
      }
    }
  }
}

function place(
  scope: Scope,
  found: {
    readonly event: EventDraft;
    readonly name: string;
    readonly kind: ChannelKind;
    readonly owner: string;
  },
  placing: Placing,
): void {
  const { event, name, kind, owner } = found;
  placing.channelOf.set(event.name, name);
  const known = placing.carried.get(name);
  if (known === undefined) {
    placing.carried.set(name, { kind, events: [event.name], owner });
    return;
  }
  known.events.push(event.name);
  // Commands get into one queue only when the author names it.
  const isShared = known.kind === kind && kind !== 'event';
  // An aggregate's other events join the channel that the author grouped under the aggregate's name.
  const isJoined = known.kind === 'declared' && kind === 'aggregate';
  if (!isShared && !isJoined) {
    scope.report(
      resolveDiagnostics.make(
        'channel-name-taken',
        { pointer: event.origin, at: 'key' },
        { name, first: known.owner, second: owner },
      ),
    );
  }
}

function reportEmpty(
  scope: Scope,
  carried: ReadonlyMap<string, Carried>,
): void {
  for (const [name, raw] of entriesOf(scope.raw.channels)) {
    // Events that it names but cannot carry have been told.
    if (carried.has(name) || (raw.events ?? []).length > 0) continue;
    const advice = adviceFor(
      name,
      [...carried.keys()],
      `List its events with "events:", or remove it.`,
    );
    scope.report(
      resolveDiagnostics.make(
        'channel-empty',
        { pointer: pointer('channels', name), at: 'key' },
        { name, advice },
      ),
    );
  }
}

function resolveChannel(
  scope: Scope,
  found: Carried & { readonly name: string },
  from: {
    readonly drafts: ReadonlyMap<string, EventDraft>;
    readonly guarantees: Guarantees;
  },
): Channel {
  const { name, kind, events } = found;
  const raw: RawChannel = entry(scope.raw.channels, name) ?? {};
  const drafts = events.flatMap((event) => from.drafts.get(event) ?? []);
  const declaredAt = pointer('channels', name);
  const origin =
    entry(scope.raw.channels, name) === undefined
      ? (drafts[0]?.origin ?? declaredAt)
      : declaredAt;
  const because = raw.because ?? null;
  return {
    name,
    kind,
    description: raw.description ?? null,
    events,
    partitions:
      raw.partitions === undefined
        ? null
        : written(raw.partitions, child(declaredAt, 'partitions'), because),
    retention: retentionOf(raw, drafts, {
      declaredAt,
      guarantees: from.guarantees,
    }),
    isCompacted:
      raw.compaction === undefined
        ? byDefault(
            false,
            origin,
            'Every event counts, not only the last of its key',
          )
        : written(raw.compaction, child(declaredAt, 'compaction'), because),
    ...strongestOf(drafts, from.guarantees),
    origin,
  };
}

/** A channel gives the strongest guarantees that one of its events asks for. */
const strongestOf = (
  drafts: readonly EventDraft[],
  guarantees: Guarantees,
): Pick<Channel, 'ordering' | 'delivery'> => ({
  ordering:
    strongestOrdering(drafts.map(({ ordering }) => ordering)) ??
    guarantees.ordering,
  delivery:
    strongestDelivery(drafts.map(({ delivery }) => delivery)) ??
    guarantees.delivery,
});

/** A channel keeps its messages as long as the longest of its events asks for. */
function retentionOf(
  raw: RawChannel,
  drafts: readonly EventDraft[],
  from: { readonly declaredAt: Pointer; readonly guarantees: Guarantees },
): Channel['retention'] {
  const own = writtenGuarantees(
    raw.retention === undefined ? {} : { retention: raw.retention },
    from.declaredAt,
  ).retention;
  if (own !== null) return own;
  const length = (retention: Channel['retention']): number =>
    retention.value === 'forever' ? Infinity : retention.value;
  let longest: Channel['retention'] | null = null;
  for (const { retention } of drafts)
    if (longest === null || length(retention) > length(longest))
      longest = retention;
  if (longest === null) return from.guarantees.retention;
  const isOwn =
    drafts.length > 1 &&
    drafts.some(({ retention }) => retention.value !== longest?.value);
  return isOwn
    ? derived(
        longest.value,
        longest.origin,
        'The longest that one of its events asks for',
      )
    : longest;
}
