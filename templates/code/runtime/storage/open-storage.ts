// Reads the environment: which database.
import type { Database } from './database.js';
import { startEmbeddedEngine } from './pglite-database.js';

const defaultConnections = 10;

/** Where the databases of services are. */
export interface Storage {
  readonly open: (service: string) => Promise<Database>;
  readonly close: () => Promise<void>;
}

/**
 * Finds the database server, or starts the embedded one. Variables: DATABASE_URL (or DATABASE_URL_<SERVICE>),
 * DATABASE_DIR, DATABASE_CONNECTIONS.
 */
export async function openStorage(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Storage> {
  const urlOf = (service: string): string | undefined =>
    environment[
      `DATABASE_URL_${service.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
    ] ?? environment['DATABASE_URL'];
  const hasServer = Object.keys(environment).some((name) =>
    name.startsWith('DATABASE_URL'),
  );
  if (!hasServer) {
    const engine = await startEmbeddedEngine(
      environment['DATABASE_DIR'] ?? null,
    );
    return {
      open: (service) => engine.open(schemaOf(service)),
      close: engine.close,
    };
  }
  const { openPgDatabase } = await import('./pg-database.js');
  const maxConnections = Number(
    environment['DATABASE_CONNECTIONS'] ?? defaultConnections,
  );
  return {
    open: async (service) => {
      const url = urlOf(service);
      if (url === undefined)
        throw new Error(`DATABASE_URL says nothing of "${service}"`);
      return await openPgDatabase({
        url,
        schema: schemaOf(service),
        maxConnections,
      });
    },
    close: () => Promise.resolve(),
  };
}

function schemaOf(service: string): string {
  return service.replaceAll(/[^a-z0-9]/g, '_');
}
