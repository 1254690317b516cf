// One fault run: the shop's generated code on real servers, orders placed while things break, then the checks.
import type { Pool } from 'pg';
import { openPool } from '../brokers/open-pool.ts';
import { createPrivateFolder } from '../brokers/private-folder.ts';
import { startPostgres } from '../brokers/postgres.ts';
import { sleep } from '../brokers/wait-until.ts';
import type { ChaosBroker } from './chaos-broker.ts';
import { buildProject, chaosProject } from './chaos-project.ts';
import { chaosModel } from './chaos-spec.ts';
import { type CheckResult, holds } from './check.ts';
import {
  type CustomerReport,
  placeOrders,
  shipPaidOrders,
} from './customers.ts';
import {
  type Garbage,
  hirePostman,
  type Postman,
  publishCopies,
  publishGarbage,
} from './double-deliveries.ts';
import {
  layEvidenceTables,
  layEvidenceViews,
  readProgress,
} from './evidence-tables.ts';
import { type FaultPlan, type FaultReport, injectFaults } from './faults.ts';
import { type Copies, type Fleet, startFleet } from './fleet.ts';
import { judge } from './judge.ts';
import { startKafkaForChaos } from './kafka-chaos-broker.ts';
import { type PlannedOrder, planOrders } from './planned-orders.ts';
import { startRabbitmqForChaos } from './rabbitmq-chaos-broker.ts';
import { type Random, seededRandom } from './random.ts';
import type { Protection } from './sabotage.ts';
import { settle } from './settle.ts';

/** What a run is to be like. */
export interface ChaosOptions {
  readonly broker: 'kafka' | 'rabbitmq';
  readonly orders: number;
  readonly seed: number;
  readonly without: Protection | null;
  readonly faults: FaultPlan;
  readonly copies: Copies;
  readonly tell: (line: string) => void;
}

/** What a run came to. */
export interface ChaosReport {
  readonly results: readonly CheckResult[];
  readonly counts: Readonly<Record<string, number | string>>;
}

/** The servers and processes of a run. */
interface Stage {
  readonly options: ChaosOptions;
  readonly random: Random;
  readonly orders: readonly PlannedOrder[];
  readonly database: Pool;
  readonly databaseUrl: string;
  readonly folder: string;
  readonly broker: ChaosBroker;
  readonly fleet: Fleet;
  readonly postman: Postman;
}

/** Runs; whatever happens, nothing is left behind. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const closers: (() => Promise<void>)[] = [];
  const opened = <T>(value: T, close: (value: T) => Promise<void>): T => {
    closers.unshift(() => close(value));
    return value;
  };
  try {
    return await onStage(options, opened);
  } finally {
    for (const close of closers) await close().catch(options.tell);
  }
}

type Opened = <T>(value: T, close: (value: T) => Promise<void>) => T;

async function onStage(
  options: ChaosOptions,
  opened: Opened,
): Promise<ChaosReport> {
  const { tell } = options;
  const random = seededRandom(options.seed);
  const model = chaosModel(options.broker);
  const folder = opened(createPrivateFolder('chaos'), (one) => one.close());
  buildProject(folder.path, chaosProject(model, options.without));
  tell('the project compiles');
  const postgres = opened(await startPostgres(), (one) => one.close());
  const databaseUrl = postgres.url();
  const database = opened(
    openPool({ connectionString: databaseUrl, max: 4 }),
    (one) => one.end(),
  );
  await layEvidenceTables(database);
  const start =
    options.broker === 'kafka' ? startKafkaForChaos : startRabbitmqForChaos;
  const broker = opened(await start(model), (one) => one.close());
  tell(`${broker.kind} ${broker.version} has the design`);
  const fleet = opened(
    await startFleet({
      folder,
      copies: options.copies,
      broker: broker.kind,
      loginOf: broker.loginOf,
      databaseUrl,
    }),
    (one) => one.stop(),
  );
  await fleet.ready();
  await layEvidenceViews(database);
  tell(`${String(fleet.members.length)} processes are ready`);
  const postman = opened(await hirePostman(folder.path, broker), (one) =>
    one.close(),
  );
  const orders = planOrders(options.orders, random);
  return perform({
    options,
    random,
    orders,
    database,
    databaseUrl,
    folder: folder.path,
    broker,
    fleet,
    postman,
  });
}

async function perform(stage: Stage): Promise<ChaosReport> {
  const { options, orders, database, broker, fleet, postman, random } = stage;
  const startedAt = performance.now();
  let ended = 0;
  let released = 0;
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      ended = (await readProgress(database)).ended;
      await sleep(250);
    }
  })();
  const urls = fleet.urlsOf('order-service');
  const placing = placeOrders({
    orders,
    urls,
    random,
    ended: () => ended,
    released: () => released,
    isOver: () => over.signal.aborted,
  });
  const shipping = shipPaidOrders({
    orders,
    urls,
    random,
    paid: () => paidOrders(database),
  });
  const copying = publishCopies({
    database,
    postman,
    random,
    wanted: Math.ceil(orders.length / 2),
  });
  let customers: CustomerReport;
  let faults: FaultReport;
  let garbage: readonly Garbage[];
  try {
    [customers, faults, garbage] = await Promise.all([
      placing,
      injectFaults({
        plan: options.faults,
        fleet,
        broker,
        random,
        orders: orders.length,
        ended: () => ended,
        release: (count) => {
          released = count;
        },
        tell: options.tell,
      }),
      publishGarbage(postman, random),
    ]);
    options.tell('all orders are placed and all faults are over');
    await settle({ database, broker, isPlaced: shipping.isDone });
  } finally {
    over.abort();
    await Promise.allSettled([
      placing,
      watching,
      shipping.stop(),
      copying.stop(),
    ]);
  }
  const results = await judge({
    ...stage,
    customers,
    faults,
    garbage,
    copies: copying.count(),
  });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return {
    results,
    counts: {
      broker: `${broker.kind} ${broker.version}`,
      orders: orders.length,
      seed: options.seed,
      'processes killed by SIGKILL': faults.killedProcesses,
      'processes that ended by themselves': fleet.crashes(),
      'broker restarts': faults.brokerRestarts,
      'broker deaths by SIGKILL': faults.brokerDeaths,
      'messages published a second time': copying.count(),
      'commands repeated by customers': customers.repeated,
      'checks that hold': `${String(results.filter(holds).length)} of ${String(results.length)}`,
      'seconds from the first order to the checks': seconds,
    },
  };
}

async function paidOrders(database: Pool): Promise<readonly string[]> {
  const { rows } = await database.query<{ readonly key: string }>(
    `SELECT key FROM evidence.event AS paid WHERE type = 'order.paid'
       AND NOT EXISTS (SELECT 1 FROM evidence.event WHERE key = paid.key AND version > paid.version)`,
  );
  return rows.map(({ key }) => key);
}
