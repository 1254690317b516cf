// The base of aggregates: state is what the events say, and new events are kept until they are saved.
import { DomainError } from '../consume/errors.js';
import type { DataOf, Envelope } from '../messaging/envelope.js';

/** What an event says, without its envelope. */
export type Fact<Event extends Envelope> = Event extends Envelope
  ? Pick<Event, 'type' | 'data'>
  : never;

/** What a snapshot holds of an aggregate. */
export interface AggregateState<Status extends string, Data> {
  readonly status: Status | null;
  readonly data: Data;
}

/** Where an event leads: to a status, nowhere (null), or to one that depends on the status before it. */
export type Transition<Status extends string> =
  Status | null | Readonly<Partial<Record<Status, Status>>>;

/** A consistency boundary whose changes are events. */
export abstract class Aggregate<
  Event extends Envelope,
  Status extends string,
  Data,
> {
  readonly id: string;

  private changes: Fact<Event>[] = [];
  private current: AggregateState<Status, Data>;
  private currentVersion = 0;

  constructor(id: string) {
    this.id = id;
    this.current = { status: null, data: this.initialData() };
  }

  /** The state each event leads to. */
  protected abstract readonly transitions: Readonly<
    Record<Event['type'], Transition<Status>>
  >;
  /** The status after a first event that leads to none. */
  protected abstract readonly initialStatus: Status;
  /** Data before the first event. */
  protected abstract initialData(): Data;
  /** Returns the data after a fact. Pure: it is run again each time the aggregate is loaded. */
  protected abstract evolve(data: Data, fact: Fact<Event>): Data;

  /** Null until the first event. */
  get status(): Status | null {
    return this.current.status;
  }

  get data(): Data {
    return this.current.data;
  }

  /** Number of events applied, uncommitted ones included. */
  get version(): number {
    return this.currentVersion;
  }

  /** Applies the history, oldest event first. */
  replay(history: readonly Fact<Event>[]): void {
    for (const fact of history) this.apply(fact);
  }

  /** Takes over the state of a snapshot. */
  restore(state: AggregateState<Status, Data>, version: number): void {
    this.current = state;
    this.currentVersion = version;
  }

  /** Returns what a snapshot must hold. */
  snapshot(): AggregateState<Status, Data> {
    return this.current;
  }

  /** Events raised since the aggregate was loaded. */
  getUncommittedChanges(): readonly Fact<Event>[] {
    return this.changes;
  }

  /** Forgets the uncommitted changes: they are stored. */
  markCommitted(): void {
    this.changes = [];
  }

  /** Raises an event: it takes effect here at once, and is stored when the aggregate is saved. */
  protected raise<Type extends Event['type']>(
    type: Type,
    data: DataOf<Event, Type>,
  ): void {
    // A type and the data that belongs to it make a fact; the compiler cannot pair them through the union.
    const fact = { type, data } as unknown as Fact<Event>;
    this.apply(fact);
    this.changes.push(fact);
  }

  /** Raises several events, in order. */
  protected raiseAll(facts: readonly Fact<Event>[]): void {
    for (const fact of facts) {
      this.apply(fact);
      this.changes.push(fact);
    }
  }

  /** Refuses an action outside the given states; an empty list means before the first event. */
  protected expectStatus(action: string, allowed: readonly Status[]): void {
    const isAllowed =
      this.status === null
        ? allowed.length === 0
        : allowed.includes(this.status);
    if (!isAllowed)
      throw new DomainError(
        `cannot ${action} ${this.id}: it is ${this.status ?? 'not there yet'}`,
      );
  }

  private apply(fact: Fact<Event>): void {
    const type: Event['type'] = fact.type;
    this.current = {
      status: this.statusAfter(this.transitions[type]),
      data: this.evolve(this.current.data, fact),
    };
    this.currentVersion += 1;
  }

  private statusAfter(transition: Transition<Status>): Status {
    const before = this.current.status ?? this.initialStatus;
    if (transition === null) return before;
    return typeof transition === 'string'
      ? transition
      : (transition[before] ?? before);
  }
}

/** How a repository makes and stores one kind of aggregate. */
export interface AggregateType<
  Event extends Envelope,
  Status extends string,
  Data,
  A extends Aggregate<Event, Status, Data>,
> {
  new (id: string): A;
  readonly aggregateName: string;
  /** Events between snapshots; null for none. */
  readonly snapshotEvery: number | null;
  /** Raise it when `Data` changes shape: older snapshots are then ignored. */
  readonly snapshotShape: number;
}

/** Rebuilds an aggregate from its events. */
export function fromEvents<
  Event extends Envelope,
  Status extends string,
  Data,
  A extends Aggregate<Event, Status, Data>,
>(
  type: AggregateType<Event, Status, Data, A>,
  id: string,
  events: readonly Fact<Event>[],
): A {
  const aggregate = new type(id);
  aggregate.replay(events);
  return aggregate;
}
