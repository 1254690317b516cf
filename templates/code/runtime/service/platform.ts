// Reads the environment: what the system runs on.
import type { BrokerConnection } from '../messaging/broker-connection.js';
import type { MessageBus } from '../messaging/bus.js';
import type { Logger } from '../operations/logger.js';
import { MemoryBroker } from '../memory/memory-broker.js';
// #if database
import { openStorage } from '../storage/open-storage.js';
// #end
import type { Platform } from './system.js';

/** Connects the broker of one kind; loaded only when it is chosen. */
export type BrokerLoader = (
  connection: BrokerConnection,
) => Promise<MessageBus>;

/** Builds the platform that the environment names; with no variable set everything is in this process. */
export async function openPlatform(
  environment: Readonly<Record<string, string | undefined>>,
  options: {
    readonly clientId: string;
    readonly logger: Logger;
    readonly brokers: Readonly<Record<string, BrokerLoader>>;
  },
): Promise<Platform> {
  const broker = await openBroker(environment, options);
  // #if database
  const storage = await openStorage(environment);
  // #end
  return {
    broker,
    // #if database
    openDatabase: storage.open,
    environment,
    // #end
    close: async () => {
      await broker.close();
      // #if database
      await storage.close();
      // #end
    },
  };
}

/** Variables: BROKER, BROKER_URL; the adapters read more. */
async function openBroker(
  environment: Readonly<Record<string, string | undefined>>,
  options: {
    readonly clientId: string;
    readonly logger: Logger;
    readonly brokers: Readonly<Record<string, BrokerLoader>>;
  },
): Promise<MessageBus> {
  const kind = environment['BROKER'] ?? 'memory';
  if (kind === 'memory') return new MemoryBroker();
  const load = options.brokers[kind];
  const url = environment['BROKER_URL'];
  if (load === undefined)
    throw new Error(
      `BROKER is memory, ${Object.keys(options.brokers).join(' or ')}, not "${kind}"`,
    );
  if (url === undefined)
    throw new Error(`BROKER_URL must say where ${kind} is`);
  const { clientId, logger } = options;
  return await load({ url, clientId, logger, environment });
}
