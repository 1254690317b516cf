// Requests, aggregates and read models of a resolved spec.
import { child } from '../core/pointer.ts';
import type {
  Aggregate,
  AggregateCommand,
  Projection,
  Query,
  RequestReply,
} from '../model/model.ts';
import { shorthand } from './show-shape.ts';
import { durationText } from './show-system.ts';
import {
  compactMap,
  entry,
  filled,
  implied,
  shown,
  shownMap,
  type IsWritten,
  type ShownEntry,
  told,
} from './shown.ts';

/** Shows a request/reply pair. */
export function showRequest(request: RequestReply): readonly ShownEntry[] {
  const { name, origin, timeoutMs } = request;
  return entry(
    name,
    shownMap(
      told(origin, 'description', request.description),
      told(origin, 'requester', request.requester),
      told(origin, 'responder', request.responder),
      entry(
        'timeout',
        shown(timeoutMs, child(origin, 'timeout'), durationText),
      ),
      told(origin, 'request', shorthand(request.request)),
      told(origin, 'reply', shorthand(request.reply)),
      timeoutMs.from === 'spec'
        ? told(origin, 'because', timeoutMs.because)
        : [],
    ),
  );
}

/** Shows an aggregate with its states and commands. */
export function showAggregate(aggregate: Aggregate): readonly ShownEntry[] {
  const { name, origin, snapshotEvery, states, commands } = aggregate;
  return entry(
    name,
    shownMap(
      told(origin, 'description', aggregate.description),
      told(origin, 'service', aggregate.service),
      entry(
        'storage',
        shown(aggregate.storage, child(origin, 'storage'), String),
      ),
      entry(
        'snapshotEvery',
        snapshotEvery === null
          ? null
          : shown(snapshotEvery, child(origin, 'snapshotEvery'), Number),
      ),
      implied('events', {
        kind: 'value',
        value: aggregate.events,
        from: 'derived',
        at: child(origin, 'events'),
        origin,
        because: 'The events that name it',
        becauseBeside: null,
      }),
      states.length === 0 ? [] : told(origin, 'states', states),
      commands.length === 0
        ? []
        : entry('commands', shownMap(...commands.map(showCommand))),
    ),
  );
}

function showCommand({
  name,
  from,
  to,
  emits,
  input,
  origin,
}: AggregateCommand): readonly ShownEntry[] {
  return entry(
    name,
    compactMap(
      from.length === 0 ? [] : told(origin, 'from', from),
      emits.length === 0
        ? []
        : told(origin, 'emits', emits.length === 1 ? emits[0] : emits),
      told(origin, 'to', to),
      told(origin, 'input', input === null ? null : shorthand(input)),
    ),
  );
}

/** Shows a read model; patterns are shown as the events that they match. */
export function showProjection(projection: Projection): readonly ShownEntry[] {
  const { name, origin, stalenessMs } = projection;
  return entry(
    name,
    shownMap(
      told(origin, 'description', projection.description),
      told(origin, 'service', projection.service),
      told(origin, 'from', projection.from),
      told(origin, 'key', projection.key),
      told(origin, 'fields', shorthand(projection.shape)),
      entry(
        'staleness',
        stalenessMs === null
          ? null
          : shown(stalenessMs, child(origin, 'staleness'), durationText),
      ),
    ),
  );
}

/** Shows a query. */
export function showQuery(
  query: Query,
  isWritten: IsWritten,
): readonly ShownEntry[] {
  const { name, origin, by, sort } = query;
  const value = by.length === 1 ? (by[0] ?? null) : by;
  return entry(
    name,
    compactMap(
      told(origin, 'description', query.description),
      told(origin, 'projection', query.projection),
      entry(
        'by',
        filled(
          value,
          { owner: origin, key: 'by' },
          { isWritten, because: "The projection's key" },
        ),
      ),
      told(
        origin,
        'sort',
        sort === null ? null : `${sort.isDescending ? '-' : ''}${sort.field}`,
      ),
    ),
  );
}
