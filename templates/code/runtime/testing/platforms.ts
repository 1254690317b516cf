// A whole system under test, in this process.
import {
  MemoryBroker,
  type MemoryBrokerOptions,
} from '../memory/memory-broker.js';
import { silentLogger } from '../operations/logger.js';
import {
  type RunningSystem,
  type System,
  startSystem,
} from '../service/system.js';
// #if database
import { type TestStorage, embeddedStorage } from './storages.js';
// #end

/** A whole system under test. */
export interface TestSystem {
  readonly broker: MemoryBroker;
  readonly running: RunningSystem;
}

/** Starts a system on the in-memory broker, under a fault plan where one is given. */
export async function startTestSystem(
  system: System,
  options: {
    // #if database
    readonly storage?: TestStorage;
    // #end
    readonly broker?: MemoryBrokerOptions;
    readonly only?: readonly string[];
  } = {},
): Promise<TestSystem> {
  // #if database
  const storage = await (options.storage ?? embeddedStorage).open();
  // #end
  const broker = new MemoryBroker(options.broker ?? {});
  const platform = {
    broker,
    // #if database
    openDatabase: storage.database,
    close: storage.close,
    // #else
    // close: () => broker.close(),
    // #end
  };
  return {
    broker,
    running: await startSystem(system, platform, {
      only: options.only ?? null,
      logger: silentLogger,
    }),
  };
}
