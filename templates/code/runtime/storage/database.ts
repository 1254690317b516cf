// The port to PostgreSQL. Adapters: pg (a server) and pglite (embedded); the SQL is the same.

/** A result row. Its type is the query's promise; columns are chosen so that both adapters return it alike. */
export type Row = Readonly<Record<string, unknown>>;

/** Something SQL can be sent to: a transaction, or a database outside one. */
export interface Sql {
  readonly query: <R extends Row = Row>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<readonly R[]>;
}

/** A service's own schema in a PostgreSQL database. */
export interface Database extends Sql {
  /** Commits when the work resolves, rolls back when it throws. Isolation: read committed. */
  readonly transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** Quotes an identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
