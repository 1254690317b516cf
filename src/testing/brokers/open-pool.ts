// Connections to a server that the test itself stops.
import { Pool, type PoolConfig } from 'pg';

/**
 * Opens a pool whose connections may be ended by the server: a query that is under way then fails, and nothing else.
 * Without a listener, a connection that the server ends while the pool closes it would end the process.
 */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool(config);
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
}
