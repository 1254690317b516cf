// The parts of a resolved spec that concern the whole system: guarantees, broker, environments, services, types, channels.
import type { JsonObject, JsonValue } from '../core/json.ts';
import { child, pointer, type Pointer } from '../core/pointer.ts';
import {
  formatDuration,
  formatRate,
  parseDuration,
  parseRate,
} from '../core/units.ts';
import type {
  Channel,
  Environment,
  Guarantees,
  Model,
  Service,
  SharedType,
} from '../model/model.ts';
import type {
  Compatibility,
  Delivery,
  Ordering,
  Retention,
  Sourced,
} from '../model/settings.ts';
import { authored, shorthand } from './show-shape.ts';
import {
  compactMap,
  entry,
  filled,
  implied,
  said,
  shown,
  shownMap,
  type IsWritten,
  type ShownEntry,
  type ShownMap,
  type ShownValue,
  told,
} from './shown.ts';

/** Writes milliseconds so that they read back as the same number. */
export function durationText(ms: number): string {
  const text = formatDuration(ms);
  return parseDuration(text) === ms ? text : `${ms}ms`;
}

/** Writes a rate so that it reads back as the same number. */
export function rateText(perSecond: number): string {
  const text = formatRate(perSecond);
  return parseRate(text) === perSecond ? text : `${perSecond}/s`;
}

export const retentionText = (retention: Retention): string =>
  retention === 'forever' ? retention : durationText(retention);

/** Shows a guarantee, which the spec can write with its justification. */
export function choiceOf<T>(
  sourced: Sourced<T>,
  at: Pointer,
  print: (value: T) => string,
): ShownValue {
  return { ...shown(sourced, at, print), becauseBeside: 'choice' };
}

export interface FourGuarantees {
  readonly delivery: Sourced<Delivery>;
  readonly ordering: Sourced<Ordering>;
  readonly retention: Sourced<Retention>;
  readonly compatibility: Sourced<Compatibility>;
}

/** Shows the guarantees of the system or of an event. */
export function guaranteeEntries(
  from: FourGuarantees | Guarantees,
  owner: Pointer,
): readonly ShownEntry[] {
  return [
    ...entry(
      'delivery',
      choiceOf(from.delivery, child(owner, 'delivery'), String),
    ),
    ...entry(
      'ordering',
      choiceOf(from.ordering, child(owner, 'ordering'), String),
    ),
    ...entry(
      'retention',
      choiceOf(from.retention, child(owner, 'retention'), retentionText),
    ),
    ...entry(
      'compatibility',
      choiceOf(from.compatibility, child(owner, 'compatibility'), String),
    ),
  ];
}

/** Options of a broker that the spec leaves out and that follow from it, by name. */
export type DerivedOptions = Readonly<Record<string, Sourced<JsonValue>>>;

/** Shows the broker with its version and options. */
export function showBroker(
  { broker }: Model,
  {
    isWritten,
    derivedOptions,
  }: { readonly isWritten: IsWritten; readonly derivedOptions: DerivedOptions },
): ShownMap {
  const { kind, choice, version, options, origin } = broker;
  return shownMap(
    entry(
      'kind',
      said(
        kind,
        isWritten(child(origin, 'kind')) ? child(origin, 'kind') : origin,
      ),
    ),
    entry('version', shown(version, child(origin, 'version'), String)),
    showOptions(child(origin, 'options'), options, derivedOptions),
    told(origin, 'because', choice.from === 'spec' ? choice.because : null),
  );
}

// Written back, a derived option would stay as it is when the design changes.
function showOptions(
  at: Pointer,
  options: JsonObject,
  derived: DerivedOptions,
): readonly ShownEntry[] {
  const written = Object.entries(options).flatMap(([key, value]) =>
    told(at, key, value),
  );
  const filledIn = Object.entries(derived).flatMap(([key, sourced]) =>
    implied(
      key,
      shown(sourced, child(at, key), (value) => value),
    ),
  );
  if (written.length === 0 && filledIn.length === 0) return [];
  const node = shownMap(written, filledIn);
  return written.length === 0
    ? implied('options', node)
    : entry('options', node);
}

/** Shows one deployment. */
export function showEnvironment(environment: Environment): ShownMap {
  const { replication, minInSync, hosts, origin } = environment;
  return compactMap(
    entry(
      'replication',
      shown(replication, child(origin, 'replication'), Number),
    ),
    entry('minInSync', shown(minInSync, child(origin, 'minInSync'), Number)),
    hosts.length === 0 ? [] : told(origin, 'hosts', hosts),
  );
}

/** Shows a service; one that is only named elsewhere is implied. */
export function showService(
  service: Service,
  isWritten: IsWritten,
): readonly ShownEntry[] {
  const {
    name,
    description,
    owner,
    context,
    database,
    isExternal,
    isDeclared,
    origin,
  } = service;
  const external = filled(
    isExternal,
    { owner: origin, key: 'external' },
    { isWritten, because: 'Part of this system' },
  );
  const node = compactMap(
    told(origin, 'description', description),
    told(origin, 'owner', owner),
    told(origin, 'context', context),
    told(origin, 'database', database),
    entry('external', external),
  );
  return isDeclared
    ? entry(name, node)
    : implied(name, {
        kind: 'value',
        value: {},
        from: 'derived',
        at: pointer('services', name),
        origin,
        because: 'A name used anywhere is a service',
        becauseBeside: null,
      });
}

/** Shows a shared type. */
export function showType(
  model: Model,
  { name, description, shape }: SharedType,
): readonly ShownEntry[] {
  const at = pointer('types', name);
  const value =
    shape.schema === null
      ? shorthand(shape)
      : {
          schema: authored(model, shape.schema),
          ...(description !== null && { description }),
        };
  return entry(name, said(value, at));
}

/** Shows what carries events; which events is the author's word or follows from them. */
export function showChannel(channel: Channel): readonly ShownEntry[] {
  const {
    name,
    kind,
    description,
    events,
    partitions,
    retention,
    isCompacted,
  } = channel;
  const at = pointer('channels', name);
  const carried = said(events, child(at, 'events'));
  const why = {
    aggregate:
      'Events of one aggregate share a channel, so that their order holds',
    event: 'An event without an aggregate has its own channel',
    command: 'A command travels through a queue of its own',
    declared: '',
  }[kind];
  return entry(
    name,
    shownMap(
      told(at, 'description', description),
      kind === 'declared' || carried === null
        ? entry('events', carried)
        : implied('events', {
            ...carried,
            from: 'derived',
            origin: channel.origin,
            because: why,
          }),
      entry(
        'partitions',
        partitions === null
          ? null
          : shown(partitions, child(at, 'partitions'), Number),
      ),
      entry(
        'retention',
        choiceOf(retention, child(at, 'retention'), retentionText),
      ),
      entry('compaction', shown(isCompacted, child(at, 'compaction'), Boolean)),
    ),
  );
}
