// Loads aggregates and saves their changes. How they are stored (as events or as state) is the storage's matter.
import { ConcurrencyError } from '../consume/errors.js';
import type { Envelope } from '../messaging/envelope.js';
import type { UnitOfWork } from '../service/unit-of-work.js';
import type { Aggregate, AggregateType, Fact } from './aggregate.js';

const maxConflicts = 5;

/** Where aggregates of one kind live. */
export interface AggregateStorage {
  /** Brings a fresh aggregate to its stored state. */
  readonly load: <
    E extends Envelope,
    S extends string,
    D,
    A extends Aggregate<E, S, D>,
  >(
    type: AggregateType<E, S, D, A>,
    aggregate: A,
  ) => Promise<void>;
  /** Stores the aggregate with its new events. Throws `ConcurrencyError` when another writer was faster. */
  readonly store: <
    E extends Envelope,
    S extends string,
    D,
    A extends Aggregate<E, S, D>,
  >(
    type: AggregateType<E, S, D, A>,
    aggregate: A,
    events: readonly Envelope[],
    expectedVersion: number,
  ) => Promise<void>;
}

/** The aggregates of one kind, inside one unit of work. */
export class Repository<
  E extends Envelope,
  S extends string,
  D,
  A extends Aggregate<E, S, D>,
> {
  private readonly type: AggregateType<E, S, D, A>;
  private readonly storage: AggregateStorage;
  private readonly unit: UnitOfWork;
  private readonly isMade: () => boolean;

  /** `isMade`: asked before each change, tells whether an earlier attempt of the same work has stored it. */
  constructor(
    type: AggregateType<E, S, D, A>,
    storage: AggregateStorage,
    unit: UnitOfWork,
    isMade: () => boolean = () => false,
  ) {
    this.type = type;
    this.storage = storage;
    this.unit = unit;
    this.isMade = isMade;
  }

  /** Loads an aggregate; one that does not exist yet has version 0. */
  async findById(id: string): Promise<A> {
    const aggregate = new this.type(id);
    await this.storage.load(this.type, aggregate);
    return aggregate;
  }

  /** Stores the uncommitted changes. Throws `ConcurrencyError` when another writer was faster. */
  async save(aggregate: A): Promise<void> {
    const changes: readonly Fact<E>[] = aggregate.getUncommittedChanges();
    if (changes.length === 0) return;
    const expectedVersion = aggregate.version - changes.length;
    const events = changes.map((fact, index) =>
      this.unit.seal(
        fact.type,
        fact.data,
        aggregate.id,
        expectedVersion + index + 1,
      ),
    );
    await this.storage.store(this.type, aggregate, events, expectedVersion);
    aggregate.markCommitted();
    events.forEach((event) => this.unit.add(event));
  }

  /** Loads, acts and saves; acts again on the newer state when another writer was faster. */
  async update(id: string, act: (aggregate: A) => void): Promise<A> {
    for (let conflicts = 0; ; conflicts += 1) {
      const aggregate = await this.findById(id);
      if (this.isMade()) return aggregate;
      act(aggregate);
      try {
        await this.save(aggregate);
        return aggregate;
      } catch (error) {
        if (!(error instanceof ConcurrencyError) || conflicts >= maxConflicts)
          throw error;
      }
    }
  }
}
