// Aggregates stored as their current state: no history, the same optimistic concurrency.
import { ConcurrencyError } from '../consume/errors.js';
import type { Envelope } from '../messaging/envelope.js';
import type { Sql } from '../storage/database.js';
import type { Migration } from '../storage/migrate.js';
import type { Aggregate, AggregateState, AggregateType } from './aggregate.js';
import { type AggregateStorage, Repository } from './repository.js';
import type { UnitOfWork } from '../service/unit-of-work.js';

export const aggregateStateTables: Migration = {
  name: 'runtime/aggregate-state/1',
  statements: [
    `CREATE TABLE aggregate_state (
      aggregate text NOT NULL,
      id text NOT NULL,
      version int NOT NULL,
      state jsonb NOT NULL,
      PRIMARY KEY (aggregate, id)
    )`,
  ],
};

/** Stores aggregates as rows, on the given transaction. */
export class StateStorage implements AggregateStorage {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async load<
    E extends Envelope,
    S extends string,
    D,
    A extends Aggregate<E, S, D>,
  >(type: AggregateType<E, S, D, A>, aggregate: A): Promise<void> {
    const [row] = await this.sql.query<{ version: number; state: unknown }>(
      'SELECT version, state FROM aggregate_state WHERE aggregate = $1 AND id = $2',
      [type.aggregateName, aggregate.id],
    );
    // Written by `store` below, from an aggregate of this type.
    if (row !== undefined)
      aggregate.restore(row.state as AggregateState<S, D>, row.version);
  }

  async store<
    E extends Envelope,
    S extends string,
    D,
    A extends Aggregate<E, S, D>,
  >(
    type: AggregateType<E, S, D, A>,
    aggregate: A,
    _events: readonly Envelope[],
    expectedVersion: number,
  ): Promise<void> {
    const rows = await this.sql.query(
      `INSERT INTO aggregate_state AS held (aggregate, id, version, state) VALUES ($1, $2, $3, $4::text::jsonb)
       ON CONFLICT (aggregate, id) DO UPDATE SET version = excluded.version, state = excluded.state
       WHERE held.version = $5 RETURNING version`,
      [
        type.aggregateName,
        aggregate.id,
        aggregate.version,
        JSON.stringify(aggregate.snapshot()),
        expectedVersion,
      ],
    );
    if (rows.length === 0) {
      throw new ConcurrencyError(
        `${type.aggregateName} ${aggregate.id} is not at version ${expectedVersion}`,
      );
    }
  }
}

/** The aggregates of one kind that are stored as state, inside a unit of work. */
export function stateStored<
  E extends Envelope,
  S extends string,
  D,
  A extends Aggregate<E, S, D>,
>(unit: UnitOfWork, type: AggregateType<E, S, D, A>): Repository<E, S, D, A> {
  return new Repository<E, S, D, A>(type, new StateStorage(unit.sql), unit);
}
