// Runs services of a system in this process, on what the environment names.
import { Contracts } from '../messaging/contracts.js';
import type {
  HeaderMakers,
  MessageContract,
  Upcasters,
} from '../messaging/contract.js';
import type { MessageBus } from '../messaging/bus.js';
import type { Logger } from '../operations/logger.js';
import { Metrics } from '../operations/metrics.js';
// #if database
import type { Database } from '../storage/database.js';
// #end
import { Service } from './service.js';
// #if database
import type { OpenStore } from './service-definition.js';
// #end
import type { ServiceDefinition } from './service-definition.js';

/** A whole system, as the spec describes it. */
export interface System {
  readonly name: string;
  readonly contracts: readonly MessageContract[];
  readonly upcasters: Upcasters;
  /** Makes the headers of what is published without any, where its contract asks for some. */
  readonly headers?: HeaderMakers;
  readonly services: readonly ServiceDefinition[];
}

/** Where services run: all share the broker's connection. */
export interface Platform {
  readonly broker: MessageBus;
  // #if database
  /** Opens the service's own schema. */
  readonly openDatabase: (service: string) => Promise<Database>;
  /** The process's environment, for stores beside the database; none: everything is in this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  // #end
  readonly close: () => Promise<void>;
}

/** One service of this process. */
export interface RunningService {
  readonly definition: ServiceDefinition;
  readonly service: Service;
  // #if database
  readonly database: Database;
  /** What the service keeps outside its database. */
  readonly store: OpenStore | null;
  // #end
}

/** The services of this process. */
export interface RunningSystem {
  readonly services: readonly RunningService[];
  readonly contracts: Contracts;
  readonly metrics: Metrics;
  readonly find: (service: string) => RunningService;
  /** Drains every service, then lets go of what they run on. */
  readonly stop: () => Promise<void>;
}

/** Prepares services without starting them; `only` null means all of the system. Throws on an unknown name. */
export async function prepareSystem(
  system: System,
  platform: Platform,
  options: { readonly only: readonly string[] | null; readonly logger: Logger },
): Promise<RunningSystem> {
  const unknown = (options.only ?? []).filter((name) =>
    system.services.every((service) => service.name !== name),
  );
  if (unknown.length > 0)
    throw new Error(`no such service: ${unknown.join(', ')}`);
  const contracts = new Contracts(
    system.contracts,
    system.upcasters,
    system.headers,
  );
  const metrics = new Metrics();
  const services: RunningService[] = [];
  for (const definition of system.services) {
    if (options.only !== null && !options.only.includes(definition.name))
      continue;
    const logger = options.logger.with({ service: definition.name });
    // #if database
    const database = definition.hasDatabase
      ? await platform.openDatabase(definition.name)
      : noDatabase;
    const store =
      (await definition.store?.open(platform.environment ?? {})) ?? null;
    // #end
    const service = new Service({
      definition,
      broker: platform.broker,
      // #if database
      database,
      store,
      // #end
      contracts,
      logger,
      metrics,
    });
    services.push({
      definition,
      service,
      // #if database
      database,
      store,
      // #end
    });
  }
  return {
    services,
    contracts,
    metrics,
    find: (name) => {
      const found = services.find((running) => running.service.name === name);
      if (found === undefined) throw new Error(`"${name}" does not run here`);
      return found;
    },
    stop: async () => {
      await Promise.all(services.map(({ service }) => service.stop()));
      // #if database
      await Promise.all(services.map(({ store }) => store?.close()));
      await Promise.all(services.map(({ database }) => database.close()));
      // #end
      await platform.close();
    },
  };
}

/** Prepares services and starts them. */
export async function startSystem(
  system: System,
  platform: Platform,
  options: { readonly only: readonly string[] | null; readonly logger: Logger },
): Promise<RunningSystem> {
  const running = await prepareSystem(system, platform, options);
  // Consumers first: on a broker without durable queues of its own, what nobody reads yet is not kept.
  await Promise.all(running.services.map(({ service }) => service.start()));
  return running;
}
// #if database

const refusal = (): Promise<never> =>
  Promise.reject(new Error('this service has no database'));

const noDatabase: Database = {
  query: refusal,
  transaction: refusal,
  close: () => Promise.resolve(),
};
// #end
