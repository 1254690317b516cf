// The databases that tests run on: embedded always, PostgreSQL where TEST_DATABASE_URL names a server.
import { randomUUID } from 'node:crypto';
import type { Database } from '../storage/database.js';
import { openPgDatabase } from '../storage/pg-database.js';
import { startEmbeddedEngine } from '../storage/pglite-database.js';

/** A place for databases. */
export interface TestStorage {
  readonly name: string;
  readonly open: () => Promise<{
    readonly database: (schema: string) => Promise<Database>;
    readonly close: () => Promise<void>;
  }>;
}

/** In this process. */
export const embeddedStorage: TestStorage = {
  name: 'pglite',
  open: async () => {
    const engine = await startEmbeddedEngine(null);
    return { database: engine.open, close: engine.close };
  },
};

function server(url: string): TestStorage {
  return {
    name: 'PostgreSQL',
    open: () => {
      // A schema of its own for each run: tests never meet what an earlier run left.
      const run = randomUUID().slice(0, 8);
      const database = (schema: string): Promise<Database> =>
        openPgDatabase({ url, schema: `${schema}_${run}`, maxConnections: 10 });
      return Promise.resolve({ database, close: () => Promise.resolve() });
    },
  };
}

/** The storages this machine can test. */
export function testStorages(): readonly TestStorage[] {
  const url = process.env['TEST_DATABASE_URL'];
  return url === undefined ? [embeddedStorage] : [embeddedStorage, server(url)];
}
