// Events: their kind, key, payloads, versions, volume and guarantees.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import { parseRate, parseSize } from '../core/units.ts';
import type {
  Event,
  EventVersion,
  Example,
  Guarantees,
} from '../model/model.ts';
import type { ShapeOf } from '../model/locate-field.ts';
import type {
  EventKind,
  Ordering,
  Sourced,
  Volume,
} from '../model/settings.ts';
import type { RawEvent } from '../schema/raw-spec.ts';
import { checkKind, checkOrdering } from './check-event.ts';
import { resolveKey } from './check-key.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import { writtenGuarantees } from './resolve-guarantees.ts';
import { resolveHeaders } from './resolve-headers.ts';
import { resolvePayload } from './resolve-shape.ts';
import { entriesOf, type Scope } from './scope.ts';
import { byDefault, derived, written } from './sourced.ts';

/** An event before its channel is known, and how often it is published. */
export type EventDraft = Omit<Event, 'channel' | 'isOncePerKey'> & {
  readonly queue: string | null;
};

const commandRetention = 86_400_000;

/** Resolves `events`. Reports: key-*, queue-of-event, command-on-aggregate, unknown-aggregate, version-not-older, payloads' codes. */
export function resolveEvents(
  scope: Scope,
  defaults: Guarantees,
  shapeOf: ShapeOf,
): readonly EventDraft[] {
  return entriesOf(scope.raw.events).map(([name, raw]) =>
    resolveEvent(scope, { name, raw }, { defaults, shapeOf }),
  );
}

function resolveEvent(
  scope: Scope,
  event: { name: string; raw: RawEvent },
  of: { readonly defaults: Guarantees; readonly shapeOf: ShapeOf },
): EventDraft {
  const { name, raw } = event;
  const { defaults, shapeOf } = of;
  const origin = pointer('events', name);
  const kind = kindOf(raw);
  const payload = resolvePayload(scope, raw, {
    pointer: origin,
    where: `event "${name}"`,
  });
  const own = writtenGuarantees(raw, origin);
  const ordering =
    own.ordering ?? inheritedOrdering(raw, defaults.ordering, origin);
  checkKind(scope, { ...event, kind });
  checkOrdering(scope, { name, raw, ordering });
  const key =
    raw.key === undefined
      ? null
      : resolveKey(scope, {
          raw: raw.key,
          at: child(origin, 'key'),
          owner: `event "${name}"`,
          shape: payload,
          shapeOf,
        });
  return {
    name,
    kind,
    description: raw.description ?? null,
    aggregate: raw.aggregate ?? null,
    key,
    version: raw.version ?? 1,
    tags: raw.tags ?? [],
    isPublic: raw.public ?? false,
    volume: resolveVolume(raw, origin),
    payload,
    versions: resolveVersions(scope, event),
    headers: resolveHeaders(scope, name, raw.headers),
    examples: examplesOf(raw, origin),
    ordering,
    ...inherited(own, { kind, defaults, origin }),
    queue: raw.queue ?? null,
    origin,
  };
}

/** What belongs to an aggregate's history is a domain event unless its author says otherwise. */
const kindOf = ({ type, aggregate }: RawEvent): EventKind =>
  type ?? (aggregate === undefined ? 'integration' : 'domain');

/** What an event says itself, and for the rest what the spec says of all. */
function inherited(
  own: ReturnType<typeof writtenGuarantees>,
  from: {
    readonly kind: EventKind;
    readonly defaults: Guarantees;
    readonly origin: Pointer;
  },
): Pick<Event, 'delivery' | 'retention' | 'compatibility'> {
  const { kind, defaults, origin } = from;
  return {
    delivery: own.delivery ?? defaults.delivery,
    retention: own.retention ?? inheritedRetention(kind, defaults, origin),
    compatibility: own.compatibility ?? defaults.compatibility,
  };
}

/** Without a key a default of order per key cannot hold; one that the author wrote is kept, and reported. */
function inheritedOrdering(
  raw: RawEvent,
  inherited: Sourced<Ordering>,
  origin: Pointer,
): Sourced<Ordering> {
  if (
    raw.key !== undefined ||
    inherited.value !== 'per-key' ||
    inherited.from === 'spec'
  )
    return inherited;
  return derived('none', origin, 'The event has no key to order by');
}

function inheritedRetention(
  kind: EventKind,
  defaults: Guarantees,
  origin: Pointer,
): Event['retention'] {
  if (kind !== 'command' || defaults.retention.from === 'spec')
    return defaults.retention;
  return byDefault(
    commandRetention,
    origin,
    'An old command must not run late',
  );
}

function resolveVolume(raw: RawEvent, origin: Pointer): Sourced<Volume> | null {
  if (raw.volume === undefined) return null;
  const ratePerSecond = parseRate(raw.volume.rate) ?? 0;
  const peak =
    raw.volume.peak === undefined ? null : parseRate(raw.volume.peak);
  const bytes =
    raw.volume.size === undefined ? null : parseSize(raw.volume.size);
  return written(
    {
      ratePerSecond,
      peakPerSecond: peak ?? ratePerSecond,
      bytes: bytes ?? 1024,
    },
    child(origin, 'volume'),
    raw.volume.because ?? null,
  );
}

function resolveVersions(
  scope: Scope,
  event: { name: string; raw: RawEvent },
): readonly EventVersion[] {
  const { name, raw } = event;
  const current = raw.version ?? 1;
  const versions = entriesOf(raw.versions).map(([number, version]) => {
    const origin = pointer('events', name, 'versions', number);
    const older = Number(number);
    if (older >= current) {
      scope.report(
        resolveDiagnostics.make(
          'version-not-older',
          { pointer: origin, at: 'key' },
          { event: name, older, current },
        ),
      );
    }
    return {
      version: older,
      payload: resolvePayload(scope, version, {
        pointer: origin,
        where: `version ${older} of event "${name}"`,
      }),
      deprecated: version.deprecated ?? null,
      origin,
    };
  });
  return versions.toSorted((left, right) => left.version - right.version);
}

function examplesOf(raw: RawEvent, origin: Pointer): readonly Example[] {
  const one =
    raw.example === undefined
      ? []
      : [{ value: raw.example, origin: child(origin, 'example') }];
  const many = (raw.examples ?? []).map((value, index) => ({
    value,
    origin: child(origin, 'examples', index),
  }));
  return [...one, ...many];
}
