// The work by the generated project: its service publishes and consumes, with everything that it does beside.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChaosBroker } from '../chaos/chaos-broker.ts';
import { connections, effectStatement } from './bare-effect.ts';
import { concurrently, type OrderData, type Side, stopwatch } from './side.ts';
import { eventType } from './bare-message.ts';

interface UnitOfWork {
  readonly publishUntyped: (type: string, data: unknown) => void;
}

interface Service {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly transact: (
    cause: object,
    work: (unit: UnitOfWork) => Promise<void>,
  ) => Promise<void>;
}

interface Connection {
  readonly close: () => Promise<void>;
}

interface Metrics {
  count: (name: string, labels: object) => void;
}

interface ServiceDefinition {
  readonly hasDatabase: boolean;
  readonly groups: readonly object[];
  readonly migrations: readonly object[];
}

interface Sql {
  readonly query: (
    text: string,
    values?: readonly unknown[],
  ) => Promise<unknown>;
}

interface Database extends Sql {
  readonly close: () => Promise<void>;
}

/** A message as the project hands it to a handler. */
interface Message {
  readonly id: string;
  readonly data: OrderData;
}

/** What is used of the project; the names are those of its files. */
interface Project {
  readonly brokers: Readonly<
    Record<string, (connection: object) => Promise<Connection>>
  >;
  readonly Contracts: new (contracts: unknown, upcasters: unknown) => object;
  readonly messageContracts: unknown;
  readonly Metrics: new () => Metrics;
  readonly Service: new (parts: object) => Service;
  readonly newCause: () => object;
  readonly openPgDatabase: (options: object) => Promise<Database>;
  readonly silentLogger: object;
  readonly orders: ServiceDefinition;
  readonly scaffold: ServiceDefinition;
}

const files = [
  'generated/brokers.js',
  'generated/messages/catalogue.js',
  'generated/services/orders.js',
  'generated/services/scaffold.js',
  'runtime/messaging/contracts.js',
  'runtime/messaging/message-factory.js',
  'runtime/operations/logger.js',
  'runtime/operations/metrics.js',
  'runtime/service/service.js',
  'runtime/storage/pg-database.js',
];

/** Loads a compiled project and connects its services. */
export async function scaffoldSide(
  folder: string,
  broker: ChaosBroker,
  databaseUrl: string,
): Promise<Side> {
  const project = await loadProject(folder);
  const { Contracts, Metrics, Service, silentLogger: logger } = project;
  const contracts = new Contracts(project.messageContracts, {});
  const connect = async (service: string): Promise<Connection> => {
    const load = project.brokers[broker.kind];
    if (load === undefined) throw new Error('the project has no such broker');
    return load({ ...broker.loginOf(service), clientId: service, logger });
  };
  const publishing = await connect('orders');
  const consuming = await connect('scaffold');
  const database = await project.openPgDatabase({
    url: databaseUrl,
    schema: 'scaffold',
    maxConnections: connections,
  });
  await database.query(
    'CREATE TABLE effect (message_id text NOT NULL, order_id text NOT NULL)',
  );
  const serviceOf = (
    definition: ServiceDefinition,
    connection: Connection,
    metrics: Metrics,
  ): Service =>
    new Service({
      definition,
      broker: connection,
      database,
      contracts,
      logger,
      metrics,
    });
  const publisher = serviceOf(project.orders, publishing, new Metrics());
  return {
    publish: (messages) =>
      concurrently(messages, async (data) =>
        publisher.transact(project.newCause(), (unit) => {
          unit.publishUntyped(eventType, data);
          return Promise.resolve();
        }),
      ),
    consume: async (count, what) => {
      const watch = stopwatch(count);
      const { scaffold } = project;
      const read = (): Promise<void> => Promise.resolve();
      const act = async (
        { id, data }: Message,
        { sql }: { readonly sql: Sql },
      ): Promise<void> => {
        await sql.query(effectStatement, [id, data.orderId]);
      };
      const consumer = serviceOf(
        what === 'effect'
          ? { ...scaffold, groups: withReaction(scaffold, { react: act }) }
          : {
              ...scaffold,
              // Or each message would still open a transaction.
              hasDatabase: false,
              migrations: [],
              groups: withReaction(scaffold, { react: read, recordOnce: null }),
            },
        consuming,
        countingMetrics(new Metrics(), watch.handled),
      );
      await consumer.start();
      const spent = await watch.done;
      await consumer.stop();
      return spent;
    },
    close: async () => {
      await publishing.close();
      await consuming.close();
      await database.close();
    },
  };
}

/** Tells of each message when the service counts it: after its transaction has committed, as the other side does. */
function countingMetrics(metrics: Metrics, handled: () => void): Metrics {
  const count = metrics.count.bind(metrics);
  metrics.count = (name, labels) => {
    count(name, labels);
    if (name === 'messages_handled_total') handled();
  };
  return metrics;
}

/** The groups of a service with a reaction of ours. */
const withReaction = (
  { groups }: ServiceDefinition,
  reaction: object,
): readonly object[] => groups.map((group) => ({ ...group, ...reaction }));

async function loadProject(folder: string): Promise<Project> {
  const modules: object[] = [];
  for (const file of files) {
    const url = pathToFileURL(join(folder, 'dist', file)).href;
    modules.push((await import(/* @vite-ignore */ url)) as object);
  }
  // The shape is that of the files above, which the compiler has accepted.
  return Object.assign({}, ...modules) as Project;
}
