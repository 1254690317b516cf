// Who publishes what: written under publishers, or derived from aggregates and sagas.
import { child, pointer, type Pointer } from '../core/pointer.ts';
import type { Publication, Role } from '../model/model.ts';
import type { Sourced } from '../model/settings.ts';
import type { RawMap, RawPublisher } from '../schema/raw-spec.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import {
  adviceFor,
  entriesOf,
  entry,
  eventNamed,
  listOf,
  type Scope,
} from './scope.ts';
import { byDefault, derived, written } from './sourced.ts';

interface Draft {
  readonly service: string;
  readonly event: string;
  readonly roles: Role[];
  readonly origin: Pointer;
}

/** Resolves publications in spec order. Reports: unknown-event, repeated-event, publishes-nothing, aggregate-changes-state. */
export function resolvePublications(scope: Scope): readonly Publication[] {
  const drafts = new Map<string, Draft>();
  const add = (draft: Omit<Draft, 'roles'>, role: Role): void => {
    const key = `${draft.service} ${draft.event}`;
    const known = drafts.get(key);
    if (known === undefined) drafts.set(key, { ...draft, roles: [role] });
    else if (
      !known.roles.some(
        ({ kind, name }) => kind === role.kind && name === role.name,
      )
    )
      known.roles.push(role);
  };
  addWritten(scope, add);
  addFromAggregates(scope, add);
  addFromSagas(scope, add);
  reportIdle(scope, new Set([...drafts.values()].map((one) => one.service)));
  return [...drafts.values()].map((draft) => ({
    ...draft,
    hasOutbox: outboxOf(scope, draft),
    changesState: changesStateOf(scope, draft),
  }));
}

type Add = (draft: Omit<Draft, 'roles'>, role: Role) => void;

function addWritten(scope: Scope, add: Add): void {
  for (const [service, raw] of entriesOf(scope.raw.publishers)) {
    const isShort = Array.isArray(raw);
    // `Array.isArray` does not narrow readonly arrays out of the union.
    const names = (
      isShort ? raw : ((raw as RawPublisher).publishes ?? [])
    ) as readonly string[];
    const list = isShort
      ? pointer('publishers', service)
      : pointer('publishers', service, 'publishes');
    const seen = new Set<string>();
    for (const [index, event] of names.entries()) {
      const origin = child(list, index);
      const where = `publisher "${service}"`;
      if (eventNamed(scope, event, { pointer: origin, where }) === null)
        continue;
      if (seen.has(event))
        scope.report(
          resolveDiagnostics.make(
            'repeated-event',
            { pointer: origin, change: { kind: 'remove' } },
            { where, event },
          ),
        );
      seen.add(event);
      add({ service, event, origin }, { kind: 'written', name: null });
    }
  }
}

/** Settings without a list hold for what follows from aggregates and sagas, which may be nothing. */
function reportIdle(scope: Scope, busy: ReadonlySet<string>): void {
  for (const [service, raw] of entriesOf(scope.raw.publishers)) {
    const isListed = Array.isArray(raw) || 'publishes' in raw;
    if (isListed || busy.has(service)) continue;
    const advice = adviceFor(
      service,
      [...busy],
      'List its events with "publishes:", or remove it.',
    );
    scope.report(
      resolveDiagnostics.make(
        'publishes-nothing',
        { pointer: pointer('publishers', service), at: 'key' },
        { service, advice },
      ),
    );
  }
}

function addFromAggregates(scope: Scope, add: Add): void {
  for (const [name, aggregate] of entriesOf(scope.raw.aggregates)) {
    for (const [command, raw] of entriesOf(aggregate.commands)) {
      const origin = pointer('aggregates', name, 'commands', command, 'emits');
      for (const event of listOf(raw.emits)) {
        if (entry(scope.raw.events, event) === undefined) continue;
        add(
          { service: aggregate.service, event, origin },
          { kind: 'aggregate', name },
        );
      }
    }
  }
}

function addFromSagas(scope: Scope, add: Add): void {
  for (const [name, saga] of entriesOf(scope.raw.sagas)) {
    const { coordinator } = saga;
    if (coordinator === undefined || saga.style === 'choreography') continue;
    for (const [index, step] of saga.steps.entries()) {
      for (const property of ['command', 'compensate'] as const) {
        const event = step[property];
        if (event === undefined || entry(scope.raw.events, event) === undefined)
          continue;
        const origin = pointer('sagas', name, 'steps', index, property);
        add({ service: coordinator, event, origin }, { kind: 'saga', name });
      }
    }
  }
}

function outboxOf(scope: Scope, draft: Draft): Sourced<boolean> {
  const raw = entry(scope.raw.publishers, draft.service);
  const owner = pointer('publishers', draft.service);
  if (raw !== undefined && 'outbox' in raw && raw.outbox !== undefined) {
    return written(raw.outbox, child(owner, 'outbox'), raw.because ?? null);
  }
  const sourced = draft.roles
    .filter(({ kind }) => kind === 'aggregate')
    .find(
      ({ name }) =>
        entry(scope.raw.aggregates, name ?? '')?.storage === 'event-sourced',
    );
  if (sourced !== undefined) {
    const origin = pointer('aggregates', sourced.name ?? '', 'storage');
    return derived(
      true,
      origin,
      'The event store is the outbox: what it keeps is relayed',
    );
  }
  return byDefault(
    false,
    raw === undefined ? draft.origin : owner,
    'Nothing says that state and event are committed together',
  );
}

/** A service of this system that has a database, by its description or for an inbox, or that tells the change of an aggregate, is taken to commit state beside the event. */
function changesStateOf(scope: Scope, draft: Draft): Sourced<boolean> {
  const { service, event } = draft;
  const aggregate = entry(scope.raw.events, event)?.aggregate;
  const said = saidChangesState(scope, service);
  if (said?.value === false && aggregate !== undefined)
    scope.report(
      resolveDiagnostics.make(
        'aggregate-changes-state',
        { pointer: said.origin },
        { service, event, aggregate },
      ),
    );
  return said ?? takenChangesState(scope, draft, aggregate);
}

function takenChangesState(
  scope: Scope,
  { service, event, origin }: Draft,
  aggregate: string | undefined,
): Sourced<boolean> {
  const { external, database } = entry(scope.raw.services, service) ?? {};
  if (external === true)
    return byDefault(
      false,
      origin,
      'It is outside: what it commits is not described here',
    );
  if (aggregate !== undefined)
    return derived(
      true,
      pointer('events', event, 'aggregate'),
      'It tells the change of an aggregate',
    );
  if (database !== undefined)
    return derived(
      true,
      pointer('services', service, 'database'),
      'A service with a database commits state beside its events',
    );
  const inbox = inboxOf(scope, service);
  return inbox === null
    ? byDefault(false, origin, 'It has no database')
    : derived(true, inbox, 'Its inbox is committed beside its events');
}

/** Where a service is given an inbox; null when it has none. */
function inboxOf(scope: Scope, service: string): Pointer | null {
  const raw = entry(scope.raw.consumers, service);
  if (raw === undefined || !('subscribes' in raw)) return null;
  if (raw.idempotency === 'inbox')
    return pointer('consumers', service, 'idempotency');
  if (!isMap(raw.subscribes)) return null;
  for (const [name, one] of entriesOf(raw.subscribes))
    for (const settings of [one].flat())
      if (settings?.idempotency === 'inbox')
        return pointer('consumers', service, 'subscribes', name);
  return null;
}

const isMap = <T>(value: readonly string[] | RawMap<T>): value is RawMap<T> =>
  !Array.isArray(value);

function saidChangesState(
  scope: Scope,
  service: string,
): Sourced<boolean> | null {
  const raw = entry(scope.raw.publishers, service);
  if (raw === undefined || !('changesState' in raw)) return null;
  const { changesState, because } = raw;
  return changesState === undefined
    ? null
    : written(
        changesState,
        pointer('publishers', service, 'changesState'),
        because ?? null,
      );
}
