// Aggregates whose events are in the event log of their service.
import type { Aggregate, AggregateType } from '../event-sourcing/aggregate.js';
import { EventSourcedStorage } from '../event-sourcing/event-sourced-storage.js';
import { Repository } from '../event-sourcing/repository.js';
import type { Envelope } from '../messaging/envelope.js';
import type { UnitOfWork } from '../service/unit-of-work.js';
import { LoggedUnitOfWork } from './logged-unit-of-work.js';

/** The event-sourced aggregates of one kind, in the event log, inside a unit of work. */
export function logSourced<
  E extends Envelope,
  S extends string,
  D,
  A extends Aggregate<E, S, D>,
>(unit: UnitOfWork, type: AggregateType<E, S, D, A>): Repository<E, S, D, A> {
  if (!(unit instanceof LoggedUnitOfWork))
    throw new Error('the service of this unit of work has no event log');
  return new Repository<E, S, D, A>(
    type,
    new EventSourcedStorage(unit, unit.contracts),
    unit,
    () => unit.beginChange(),
  );
}
