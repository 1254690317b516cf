// Commands and queries a service answers over HTTP.
import type { Cause } from '../messaging/message-factory.js';
import type { Sql } from '../storage/database.js';
import type { UnitOfWork } from './unit-of-work.js';

/** What an endpoint works with. */
export interface EndpointContext {
  /** Runs the work in one transaction; what it publishes commits with it. */
  readonly transact: <T>(work: (unit: UnitOfWork) => Promise<T>) => Promise<T>;
  readonly sql: Sql;
  readonly cause: Cause;
}

/** One call, its path variables and body read but not yet checked. */
export interface EndpointCall {
  readonly variables: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One command or query. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Segments with a leading colon are variables: `/orders/:orderId/pay`. */
  readonly path: string;
  readonly handle: (
    call: EndpointCall,
    context: EndpointContext,
  ) => Promise<unknown>;
}
