// Aggregates stored as their events, with snapshots.
import type { Contracts } from '../messaging/contracts.js';
import type { Envelope } from '../messaging/envelope.js';
import type {
  Aggregate,
  AggregateState,
  AggregateType,
  Fact,
} from './aggregate.js';
import type { StreamId, StreamStore } from './event-store.js';
import { PostgresEventStore } from './postgres-event-store.js';
import { type AggregateStorage, Repository } from './repository.js';
import type { UnitOfWork } from '../service/unit-of-work.js';

/** Stores aggregates in an event store; old event versions are upcast when they are read. */
export class EventSourcedStorage implements AggregateStorage {
  private readonly events: StreamStore;
  private readonly contracts: Contracts;

  constructor(events: StreamStore, contracts: Contracts) {
    this.events = events;
    this.contracts = contracts;
  }

  async load<
    E extends Envelope,
    S extends string,
    D,
    A extends Aggregate<E, S, D>,
  >(type: AggregateType<E, S, D, A>, aggregate: A): Promise<void> {
    const stream: StreamId = {
      aggregate: type.aggregateName,
      id: aggregate.id,
    };
    if (type.snapshotEvery !== null) {
      const snapshot = await this.events.loadSnapshot(stream);
      if (snapshot?.shape === type.snapshotShape) {
        // The shape number vouches for the state's type.
        aggregate.restore(
          snapshot.state as AggregateState<S, D>,
          snapshot.version,
        );
      }
    }
    const events = await this.events.read(stream, aggregate.version);
    aggregate.replay(events.map((event) => this.upToDate<E>(event)));
  }

  async store<
    E extends Envelope,
    S extends string,
    D,
    A extends Aggregate<E, S, D>,
  >(
    type: AggregateType<E, S, D, A>,
    aggregate: A,
    events: readonly Envelope[],
    expectedVersion: number,
  ): Promise<void> {
    const stream: StreamId = {
      aggregate: type.aggregateName,
      id: aggregate.id,
    };
    const version = await this.events.append(stream, events, expectedVersion);
    if (!isDue(type.snapshotEvery, expectedVersion, version)) return;
    await this.events.saveSnapshot(stream, {
      version,
      shape: type.snapshotShape,
      state: aggregate.snapshot(),
    });
  }

  private upToDate<E extends Envelope>(event: Envelope): Fact<E> {
    const { data } = this.contracts.readIncoming(
      event.type,
      event.dataschema,
      event.data,
    );
    // The contract has just checked that this data is the type's.
    return { type: event.type, data } as unknown as Fact<E>;
  }
}

function isDue(every: number | null, before: number, after: number): boolean {
  return (
    every !== null && Math.floor(after / every) > Math.floor(before / every)
  );
}

/** The event-sourced aggregates of one kind, in PostgreSQL, inside a unit of work. */
export function eventSourced<
  E extends Envelope,
  S extends string,
  D,
  A extends Aggregate<E, S, D>,
>(unit: UnitOfWork, type: AggregateType<E, S, D, A>): Repository<E, S, D, A> {
  return new Repository<E, S, D, A>(
    type,
    new EventSourcedStorage(new PostgresEventStore(unit.sql), unit.contracts),
    unit,
  );
}
